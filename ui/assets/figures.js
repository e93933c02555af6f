// Figures in the panel: tables with their quantities drawn as bars, every row a link to where the guide says so.

import { getJson, make } from './dom.js';
import { addView } from './panel.js';

// A single value is drawn from zero; a range from its low to its high end; an open end fades out.
function drawBar({ low, high }, top) {
  const single = low === high;
  const bar = make('span', { class: high === null ? 'bar open' : 'bar' });
  const from = single ? 0 : low / top;
  const to = high === null ? 1 : high / top;
  bar.style.left = `${from * 100}%`;
  bar.style.width = `${(to - from) * 100}%`;
  return make('span', { class: 'track', 'aria-hidden': 'true' }, bar);
}

function drawRow(bar, top) {
  const link = make('a', { href: `#src=${bar.place}` }, bar.label);
  return make('tr', {}, make('th', { scope: 'row' }, link), make('td', {}, make('span', { class: 'words' }, bar.words), drawBar(bar, top)));
}

function drawChart(chart) {
  const where = [chart.section.join(' › '), chart.dated, chart.country].filter(Boolean).join(' · ');
  const name = chart.column || chart.section.at(-1) || chart.title;
  const caption = make('caption', {}, name, make('span', {}, where));
  return make('table', { class: 'chart' }, caption, make('tbody', {}, ...chart.bars.map((bar) => drawRow(bar, chart.top))));
}

function drawGuide(title, charts, open) {
  return make('details', { class: 'figures', open }, make('summary', {}, `${title} (${charts.length})`), ...charts.map(drawChart));
}

async function all() {
  const charts = await getJson('api/figures');
  const guides = group(charts);
  const children = [...guides].map(([title, own]) => drawGuide(title, own, guides.size < 4 || title === charts[0].title));
  const none = make('p', { class: 'none' }, 'The guides hold no tables of figures.');
  return {
    heading: 'Figures',
    about: ['Drawn from the tables of the guides; bars begin at zero, ranges run from low to high.'],
    children: children.length ? children : [none],
  };
}

function group(charts) {
  const guides = new Map();
  for (const chart of charts) guides.set(chart.title, [...(guides.get(chart.title) || []), chart]);
  return guides;
}

addView('#figures', all);
