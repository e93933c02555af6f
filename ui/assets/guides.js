// Guides in the panel: the list of them, one in full, or one at the passage that an answer cites.

import { draw } from './blocks.js';
import { getJson, make } from './dom.js';
import { drawFilter } from './filter.js';
import { addView } from './panel.js';
import { drawAdding, drawRemoving } from './uploads.js';

const kept = new Map();

function get(path) {
  if (!kept.has(path)) {
    const asked = getJson(path);
    asked.catch(() => kept.delete(path));
    kept.set(path, asked);
  }
  return kept.get(path);
}

export function forget() {
  kept.clear();
}

function tellAbout(guide) {
  const told = [guide.publisher, guide.dated && `Dated ${guide.dated}`, guide.country].filter(Boolean).join(' · ');
  const page = /^https?:\/\//.test(guide.url || '')
    ? make('a', { href: guide.url, target: '_blank', rel: 'noopener noreferrer' }, 'Original page')
    : '';
  return [told, told && page ? ' · ' : '', page].filter(Boolean);
}

async function passage(place) {
  const found = await get(`api/passages/${place}`);
  const where = make('p', { class: 'where' }, found.section.join(' › ') || 'Beginning');
  return { heading: found.title, about: tellAbout(found), children: [where, ...draw(found.blocks)] };
}

async function guide(id) {
  const found = await get(`api/guides/${id}`);
  return { heading: found.title, about: tellAbout(found), children: draw(found.blocks) };
}

const count = (number, one, many) => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

function drawItem(found) {
  const told = [found.publisher, found.dated, found.country, count(found.sections, 'section', 'sections'), count(found.passages, 'passage', 'passages')];
  const link = make('a', { href: `./#guide=${found.id}` }, found.title);
  return make('li', {}, link, make('span', {}, told.filter(Boolean).join(' · ')), drawRemoving(found));
}

async function list() {
  const guides = await getJson('api/guides');
  const items = guides.map(drawItem);
  const find = (words) => {
    for (const item of items) item.hidden = !item.textContent.toLowerCase().includes(words);
    return items.filter((item) => !item.hidden).length;
  };
  const filter = guides.length > 8 ? drawFilter('Find a guide', 'No guide', find) : [];
  const children = [drawAdding(), ...filter, make('ul', { class: 'guides' }, ...items)];
  return { heading: 'Guides', about: [count(guides.length, 'guide', 'guides')], children };
}

addView('#src=', passage);
addView('#guide=', guide);
addView('#guides', list);
