// Figures in the panel: what guides state, by guide, and those that several state in front.

import { about, drawChart } from './charts.js';
import { getJson, make } from './dom.js';
import { drawFilter } from './filter.js';
import { addView } from './panel.js';

const wordsOf = (chart) => [chart.title, ...chart.series.flatMap((one) =>
  [about(one), one.measure, ...one.section, ...one.bars.flatMap((bar) => [bar.label, bar.words])])].join(' ').toLowerCase();

// A guide's charts are drawn when it is unfolded: there may be hundreds.
function drawGroup(name, charts, open) {
  const group = make('details', { class: 'figures', open }, make('summary', {}, `${name} (${charts.length})`));
  let drawn = [];
  let wanted = '';
  const draw = () => {
    if (!drawn.length) drawn = charts.map((chart) => [drawChart(chart), wordsOf(chart)]);
    if (group.children.length === 1) group.append(...drawn.map(([figure]) => figure));
    for (const [figure, words] of drawn) figure.hidden = !words.includes(wanted);
  };
  // Whether anything in it holds the words that are looked for.
  const find = (words) => {
    wanted = words;
    group.hidden = !charts.some((chart) => wordsOf(chart).includes(words));
    if (words && !group.hidden) group.open = true;
    if (group.open) draw();
    return !group.hidden;
  };
  if (open) draw();
  group.addEventListener('toggle', () => group.open && draw());
  return { group, find };
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

async function all() {
  const groups = grouped(await getJson('api/figures')).map(([name, charts], count) => drawGroup(name, charts, count === 0));
  const drawn = groups.map(({ group }) => group);
  const filter = groups.length > 1 ? drawFilter('Find figures', 'No figure of the guides', (words) => groups.filter(({ find }) => find(words)).length) : [];
  const none = make('p', { class: 'none' }, 'The guides state no figures that can be compared.');
  return {
    heading: 'Figures',
    about: ['What the guides state. Bars begin at zero, ranges run from low to high, an end that is left open fades; each leads to where it is stated.'],
    children: drawn.length ? [...filter, ...drawn] : [none],
  };
}

addView('#figures', all);
