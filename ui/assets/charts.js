// One chart: a table whose last column is drawn on a scale that holds zero, each row a link to where it is stated.

import { make } from './dom.js';

const SIGNS = { percent: (words) => `${words}%`, duration: (words, unit) => `${words} ${unit}s`, count: (words) => words };
const STEPS = [1, 2, 2.5, 5, 10];
// Rows that a gap between two years may take.
const MOST_EMPTY = 12;

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

// How far an open end fades out beyond the value that is named, in percent of the scale.
const FADE = 8;

// A single value is drawn from zero; a range from its low to its high end; what is only bounded fades out from its bound.
function drawBar({ low, high, open, open_below: below }, scale, number) {
  const single = low === high && !open && !below;
  const [from, to] = (single ? [Math.min(low, 0), Math.max(high, 0)] : [low, high]).map(scale.at);
  const left = below ? Math.max(from - FADE, 0) : from;
  const right = open ? Math.min(to + FADE, 100) : to;
  const bar = make('span', { class: ['bar', `series-${number}`, open && 'open', below && 'open-below'].filter(Boolean).join(' ') });
  bar.style.left = `${left}%`;
  bar.style.width = `${right - left}%`;
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

// One link for the row: its bar and its words. The label beside it leads there as well, to who points or taps.
function drawRow(bar, scale, number, beside) {
  const words = make('span', { class: 'words' }, beside ? swatch(number) : '', bar.words, beside ? make('small', {}, ` ${beside}`) : '');
  const name = [`${bar.label}: ${bar.words}`, beside].filter(Boolean).join(', ');
  const link = make('a', { class: 'leads', href: `./#src=${bar.place}`, 'aria-label': name }, words, drawBar(bar, scale, number));
  const label = make('th', { scope: 'row' }, bar.label);
  label.addEventListener('click', () => link.click());
  return make('tr', { class: 'stated' }, label, make('td', {}, drawLines(scale), link));
}

const swatch = (number) => make('span', { class: `swatch series-${number}`, 'aria-hidden': 'true' });
export const about = (one) => [one.title, one.dated, one.country].filter(Boolean).join(' · ');

const dated = (one) => one.bars.every((bar) => bar.year !== null);

// Where guides name the same things, their bars stand together; else each guide's stand under its name.
function drawRows(chart, scale) {
  const guides = [...new Set(chart.series.map((one) => one.guide))];
  const numberOf = (one) => (guides.indexOf(one.guide) % 4) + 1;
  if (guides.length > 1 && nameTheSame(chart)) return together(chart, scale, numberOf);
  return chart.series.flatMap((one) => {
    const where = chart.series.length > 1 ? [drawSeriesHead(one, numberOf(one), guides.length > 1)] : [];
    const rows = one.bars.map((bar) => [bar.year, [drawRow(bar, scale, numberOf(one))]]);
    return [...where, ...drawNames(one, chart.title), ...(dated(one) ? spaced(rows, scale) : rows.flatMap(([, drawn]) => drawn))];
  });
}

// Years stand as far apart as they are: what is missing between two takes the room that it would have had.
function spaced(rows, scale) {
  const ordered = rows.toSorted(([one], [other]) => one - other);
  const steps = ordered.slice(1).map(([year], count) => year - ordered[count][0]);
  const pitch = Math.max(...ordered.map(([, drawn]) => drawn.length));
  for (const row of ordered.flatMap(([, drawn]) => drawn)) row.classList.add('dated');
  return ordered.flatMap(([year, drawn], count) => {
    const missing = count ? steps[count - 1] / Math.min(...steps) - 1 : 0;
    const short = count ? pitch - ordered[count - 1][1].length : 0;
    return [...drawSpace(ordered[count - 1]?.[0] + 1, year - 1, missing, missing * pitch + short, scale), ...drawn];
  });
}

function drawSpace(first, last, missing, rows, scale) {
  if (rows <= 0) return [];
  const named = missing >= 1;
  const shorter = rows > MOST_EMPTY ? ', drawn shorter than it is' : '';
  const space = make('tr', { class: 'space', 'aria-hidden': named ? null : 'true' },
    make('th', { scope: 'row' }, named ? [...new Set([first, last])].join('–') : ''),
    make('td', {}, drawLines(scale), named ? make('span', { class: 'words' }, `no figure${shorter}`) : ''));
  space.style.setProperty('--rows', Math.min(rows, MOST_EMPTY));
  return [space];
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
  const several = new Set(chart.series.map((one) => one.measure)).size > 1;
  const beside = (one) => [about(one), several ? one.measure : ''].filter(Boolean).join(' · ');
  const all = chart.series.flatMap((one) => one.bars.map((bar) => [bar, one]));
  const rows = [...Map.groupBy(all, ([bar]) => keyOf(bar)).values()].map((alike) =>
    [alike[0][0].year, alike.map(([bar, one]) => drawRow(bar, scale, numberOf(one), beside(one)))]);
  return chart.series.every(dated) ? spaced(rows, scale) : rows.flatMap(([, drawn]) => drawn);
}

function drawTable(chart, where) {
  const head = ['What', 'Stated', 'From', 'To', 'Guide'].map((words) => make('th', { scope: 'col' }, words));
  const rows = chart.series.flatMap((one) => one.bars.map((bar) => make('tr', {},
    make('th', { scope: 'row' }, make('a', { href: `./#src=${bar.place}` }, bar.label)),
    ...[bar.words, bar.open_below ? 'open' : bar.low.toLocaleString('en'), bar.open ? 'open' : bar.high.toLocaleString('en'), about(one)].map((words) => make('td', {}, words)))));
  const table = make('table', {}, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...rows));
  return make('details', { class: 'data' }, make('summary', {}, 'As a table'), make('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': [chart.title, where, 'as a table'].filter(Boolean).join(', ') }, table));
}

// Rows of years are as high as the tallest, where words need several lines.
function even(table) {
  table.style.removeProperty('--row');
  const tallest = Math.max(...[...table.querySelectorAll('.dated')].map((row) => row.getBoundingClientRect().height));
  if (tallest) table.style.setProperty('--row', `${tallest}px`);
}

export function drawChart(chart) {
  const scale = scaleOf(chart);
  const [first] = chart.series;
  const alone = chart.series.length === 1;
  const where = alone ? first.section.filter((heading) => heading !== chart.title).join(' › ') : '';
  const caption = make('caption', {}, chart.title, where ? make('span', {}, where) : '');
  const columns = make('colgroup', {}, make('col', { class: chart.series.every(dated) ? 'labels short' : 'labels' }), make('col'));
  const table = make('table', { class: chart.series.some(dated) ? 'chart years' : 'chart' }, caption, columns, make('tbody', {}, ...drawRows(chart, scale), drawAxis(chart, scale)));
  if (table.matches('.years')) new ResizeObserver(() => even(table)).observe(caption);
  return make('div', { class: 'figure' }, table, drawTable(chart, where || about(first)));
}
