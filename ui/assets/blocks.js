// A guide's blocks as elements.

import { make } from './dom.js';

const STYLES = { strong: 'strong', em: 'em', code: 'code' };

function drawRun({ text, mark, style }) {
  const words = STYLES[style] ? make(STYLES[style], {}, text) : document.createTextNode(text);
  return mark ? make('mark', {}, words) : words;
}

const drawCell = (tag, cell, attributes) => make(tag, attributes, ...cell.map(drawRun));

function drawTable({ lines, header }, name) {
  const [first, ...others] = lines;
  const rows = (header ? others : lines).map((line) => make('tr', {}, ...line.map((cell) => drawCell('td', cell))));
  const head = header && make('thead', {}, make('tr', {}, ...first.map((cell) => drawCell('th', cell, { scope: 'col' }))));
  const table = make('table', {}, head || null, make('tbody', {}, ...rows));
  return make('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': name }, table);
}

function drawList(tag, { lines, number }) {
  return make(tag, { start: tag === 'ol' && number > 1 ? number : null }, ...lines.map((line) => drawCell('li', line[0])));
}

function drawLeftOut({ lines, reason }) {
  const words = make('p', {}, ...lines.flat(2).map(drawRun));
  return make('details', { class: 'left-out' }, make('summary', {}, `Left out: ${reason}`), words);
}

const DRAW = {
  title: (block) => drawCell('p', block.lines[0][0], { class: 'own-title' }),
  heading: (block) => drawCell(block.level > 1 ? 'h4' : 'h3', block.lines[0][0]),
  paragraph: (block) => drawCell('p', block.lines[0][0]),
  list: (block) => drawList('ul', block),
  steps: (block) => drawList('ol', block),
  table: drawTable,
  left_out: drawLeftOut,
};

const wordsOf = (cell) => cell.map(({ text }) => text).join('');

// What screen readers call the tables: by the heading that they stand under, and by their number where it has several.
function* named(blocks) {
  const count = new Map();
  let heading = 'Table';
  for (const block of blocks) {
    if (block.kind === 'heading') heading = `Table: ${wordsOf(block.lines[0][0])}`;
    if (block.kind === 'table') count.set(heading, (count.get(heading) || 0) + 1);
    yield [block, count.get(heading) > 1 ? `${heading} (${count.get(heading)})` : heading];
  }
}

export function draw(blocks) {
  return [...named(blocks)].map(([block, name]) => DRAW[block.kind](block, name));
}
