// Figures in the panel: what guides state, drawn on scales that hold zero, every bar beside a link to where it is stated.

import { getJson, make } from './dom.js';
import { addView } from './panel.js';

const SIGNS = { percent: (words) => `${words}%`, duration: (words, unit) => `${words} ${unit}s`, count: (words) => words };
const STEPS = [1, 2, 2.5, 5, 10];

function format(value, { quantity, unit }) {
  const words = Math.abs(value).toLocaleString('en', { notation: 'compact', maximumFractionDigits: 1 });
  const sign = value < 0 ? '−' : '';
  return quantity === 'money' ? `${sign}${unit}${words}` : sign + SIGNS[quantity](words, unit);
}

// From a round number below the lowest value (or zero) to one above the highest, in a few even steps.
function scaleOf({ bottom, top }) {
  const rough = (top - bottom || 1) / 4;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = STEPS.map((one) => one * size).find((one) => one >= rough);
  const low = Math.floor(bottom / step) * step;
  const high = Math.ceil(top / step - 1e-9) * step;
  const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, count) => low + count * step);
  return { ticks, at: (value) => ((value - low) / (high - low)) * 100 };
}

// A single value is drawn from zero; a range from its low to its high end; an open end fades out beyond it, from its value.
function drawBar({ low, high, open }, scale, number) {
  const single = low === high;
  const [from, to] = single && !open ? [Math.min(low, 0), Math.max(high, 0)] : [low, high];
  const bar = make('span', { class: `bar series-${number}${open ? ' open' : ''}` });
  bar.style.left = `${scale.at(from)}%`;
  bar.style.width = `${(open ? Math.min(scale.at(to) + 8, 100) : scale.at(to)) - scale.at(from)}%`;
  return make('span', { class: 'track', 'aria-hidden': 'true' }, bar);
}

function drawLines(scale) {
  const lines = scale.ticks.map((tick) => {
    const line = make('i', { class: tick === 0 ? 'zero' : null });
    line.style.left = `${scale.at(tick)}%`;
    return line;
  });
  return make('span', { class: 'lines', 'aria-hidden': 'true' }, ...lines);
}

function drawAxis(chart, scale) {
  const marks = scale.ticks.map((tick) => {
    const mark = make('span', {}, format(tick, chart));
    mark.style.left = `${scale.at(tick)}%`;
    return mark;
  });
  return make('tr', { class: 'axis', 'aria-hidden': 'true' }, make('td'), make('td', {}, make('span', { class: 'marks' }, ...marks)));
}

function drawRow(bar, scale, number, beside) {
  const link = make('a', { href: `./#src=${bar.place}` }, bar.label);
  const words = make('span', { class: 'words' }, beside ? swatch(number) : '', bar.words, beside ? make('small', {}, ` ${beside}`) : '');
  return make('tr', {}, make('th', { scope: 'row' }, link), make('td', {}, drawLines(scale), words, drawBar(bar, scale, number)));
}

const swatch = (number) => make('span', { class: `swatch series-${number}`, 'aria-hidden': 'true' });
const about = (one) => [one.title, one.dated, one.country].filter(Boolean).join(' · ');

// Where guides name the same things, their bars stand together; else each guide's stand under its name.
function drawRows(chart, scale) {
  const guides = [...new Set(chart.series.map((one) => one.guide))];
  const numberOf = (one) => (guides.indexOf(one.guide) % 4) + 1;
  if (guides.length > 1 && nameTheSame(chart)) return together(chart, scale, numberOf);
  return chart.series.flatMap((one) => {
    const where = chart.series.length > 1 ? [drawSeriesHead(one, numberOf(one), guides.length > 1)] : [];
    return [...where, ...drawNames(one, chart.title), ...one.bars.map((bar) => drawRow(bar, scale, numberOf(one)))];
  });
}

function drawSeriesHead(one, number, many) {
  const words = [many ? about(one) : '', one.section.at(-1) || one.measure].filter(Boolean).join(' — ');
  return make('tr', { class: 'series' }, make('th', { colspan: '2', scope: 'colgroup' }, many ? swatch(number) : '', words));
}

function drawNames({ subject, measure }, title) {
  if (!subject) return [];
  const told = measure === title ? '' : measure;
  return [make('tr', { class: 'names' }, make('td', {}, subject), make('td', {}, told))];
}

const keyOf = (bar) => bar.label.trim().toLowerCase();

function nameTheSame({ series }) {
  const first = new Set(series[0].bars.map(keyOf));
  return series.slice(1).some((one) => one.guide !== series[0].guide && one.bars.some((bar) => first.has(keyOf(bar))));
}

function together(chart, scale, numberOf) {
  const labels = [...new Set(chart.series.flatMap((one) => one.bars.map(keyOf)))];
  return labels.flatMap((label) => chart.series.flatMap((one) =>
    one.bars.filter((bar) => keyOf(bar) === label).map((bar) => drawRow(bar, scale, numberOf(one), about(one)))));
}

function drawTable(chart) {
  const head = ['What', 'Stated', 'From', 'To', 'Guide'].map((words) => make('th', { scope: 'col' }, words));
  const rows = chart.series.flatMap((one) => one.bars.map((bar) => make('tr', {},
    make('th', { scope: 'row' }, make('a', { href: `./#src=${bar.place}` }, bar.label)),
    ...[bar.words, bar.low.toLocaleString('en'), bar.open ? 'open' : bar.high.toLocaleString('en'), about(one)].map((words) => make('td', {}, words)))));
  const table = make('table', {}, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...rows));
  return make('details', { class: 'data' }, make('summary', {}, 'As a table'), make('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': `${chart.title}, as a table` }, table));
}

function drawChart(chart) {
  const scale = scaleOf(chart);
  const [first] = chart.series;
  const alone = chart.series.length === 1;
  const where = alone ? first.section.filter((heading) => heading !== chart.title).join(' › ') : '';
  const caption = make('caption', {}, chart.title, where ? make('span', {}, where) : '');
  const table = make('table', { class: 'chart' }, caption, make('tbody', {}, ...drawRows(chart, scale), drawAxis(chart, scale)));
  return make('div', { class: 'figure' }, table, drawTable(chart));
}

// A guide's charts are drawn when it is unfolded: there may be hundreds.
function drawGroup(name, charts, open) {
  const group = make('details', { class: 'figures', open }, make('summary', {}, `${name} (${charts.length})`));
  const draw = () => {
    if (group.children.length === 1) group.append(...charts.map(drawChart));
  };
  if (open) draw();
  group.addEventListener('toggle', draw);
  return group;
}

function grouped(charts) {
  const groups = new Map();
  for (const chart of charts) {
    const guides = new Set(chart.series.map((one) => one.guide));
    const name = guides.size > 1 ? 'Guides compared' : about(chart.series[0]);
    groups.set(name, [...(groups.get(name) || []), chart]);
  }
  return [...groups];
}

function drawFilter(groups) {
  const filter = make('input', { type: 'search', placeholder: 'Find figures', 'aria-label': 'Find figures' });
  filter.addEventListener('input', () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const [group, words] of groups) group.hidden = !words.includes(wanted);
  });
  return filter;
}

async function all() {
  const groups = grouped(await getJson('api/figures'));
  const drawn = groups.map(([name, charts], count) => [drawGroup(name, charts, count === 0), `${name} ${JSON.stringify(charts)}`.toLowerCase()]);
  const none = make('p', { class: 'none' }, 'The guides state no figures that can be compared.');
  return {
    heading: 'Figures',
    about: ['What the guides state. Bars begin at zero, ranges run from low to high; each leads to where it is stated.'],
    children: drawn.length ? [drawn.length > 4 ? drawFilter(drawn) : '', ...drawn.map(([group]) => group)] : [none],
  };
}

addView('#figures', all);
