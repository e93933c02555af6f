// The guide beside the chat: opened by links such as #src=bakers:120-180 and #guide=bakers, closed by Escape or Back.

import { draw } from './blocks.js';
import { getJson, make } from './dom.js';

const SOURCE = '#src=';
const GUIDE = '#guide=';
const GUIDES = '#guides';
const kept = new Map();
let opener = null;
let turn = 0;

const title = make('h2', { id: 'reader-title', tabindex: '-1' });
const close = make('button', { type: 'button', id: 'reader-close', 'aria-label': 'Close the guide' }, 'Close');
const about = make('p', { class: 'about' });
const body = make('div', { id: 'reader-body', tabindex: '0', role: 'region', 'aria-label': 'Text of the guide' });
const reader = make('aside', { id: 'reader', 'aria-labelledby': 'reader-title', hidden: true }, make('header', {}, make('div', {}, title, about), close), body);
document.body.append(reader);

function get(path) {
  if (!kept.has(path)) {
    const asked = getJson(path);
    asked.catch(() => kept.delete(path));
    kept.set(path, asked);
  }
  return kept.get(path);
}

function tellAbout(guide) {
  const told = [guide.publisher, guide.dated && `Dated ${guide.dated}`, guide.country].filter(Boolean);
  about.replaceChildren(told.join(' · '));
  if (/^https?:\/\//.test(guide.url || '')) {
    about.append(told.length ? ' · ' : '', make('a', { href: guide.url, target: '_blank', rel: 'noopener noreferrer' }, 'Original page'));
  }
}

function drawPassage(passage) {
  const where = passage.section.length ? make('p', { class: 'where' }, passage.section.join(' › ')) : null;
  return [where, ...draw(passage.blocks)].filter(Boolean);
}

function drawList(guides) {
  const items = guides.map((guide) => {
    const told = [guide.publisher, guide.dated, guide.country, `${guide.sections} sections`].filter(Boolean).join(' · ');
    return make('li', {}, make('a', { href: GUIDE + guide.id }, guide.title), make('span', {}, told));
  });
  const filter = make('input', { type: 'search', placeholder: 'Find a guide', 'aria-label': 'Find a guide' });
  filter.addEventListener('input', () => {
    const wanted = filter.value.trim().toLowerCase();
    items.forEach((item) => { item.hidden = !item.textContent.toLowerCase().includes(wanted); });
  });
  return [guides.length > 8 ? filter : '', make('ul', { class: 'guides' }, ...items)];
}

function view(hash) {
  if (hash === GUIDES) return { path: 'api/guides', show: (guides) => show('Guides', `${guides.length} guides`, drawList(guides)) };
  if (hash.startsWith(SOURCE)) {
    return { path: `api/passages/${hash.slice(SOURCE.length)}`, show: (passage) => showGuide(passage, drawPassage(passage)) };
  }
  if (hash.startsWith(GUIDE)) {
    return { path: `api/guides/${hash.slice(GUIDE.length)}`, show: (guide) => showGuide(guide, draw(guide.blocks)) };
  }
  return null;
}

function showGuide(guide, children) {
  show(guide.title, '', children);
  tellAbout(guide);
}

function show(heading, told, children) {
  title.textContent = heading;
  about.textContent = told;
  body.replaceChildren(...children);
  const quote = body.querySelector('mark');
  quote?.closest('details')?.setAttribute('open', '');
  body.scrollTop = 0;
  if (quote) body.scrollTop = quote.getBoundingClientRect().top - body.getBoundingClientRect().top - body.clientHeight / 3;
}

async function follow() {
  const mine = ++turn;
  const wanted = view(location.hash);
  if (!wanted) return hide();
  const opening = reader.hidden;
  markOpener();
  try {
    const value = await get(wanted.path);
    if (mine !== turn) return undefined;
    reveal();
    wanted.show(value);
  } catch (error) {
    if (mine !== turn) return undefined;
    reveal();
    show('This could not be opened', '', [make('p', { role: 'alert' }, error.message)]);
  }
  if (opening || opener?.dataset.keyboard) title.focus({ preventScroll: true });
  return undefined;
}

function reveal() {
  reader.hidden = false;
  document.documentElement.classList.add('reading');
}

function hide() {
  if (reader.hidden) return;
  const inside = reader.contains(document.activeElement) || document.activeElement === document.body;
  reader.hidden = true;
  document.documentElement.classList.remove('reading');
  const back = opener && document.contains(opener) ? opener : opener && findLink(opener.getAttribute('href'));
  markOpener();
  if (inside) (back || document.querySelector('#question textarea'))?.focus();
}

function leave() {
  history.replaceState(null, '', location.pathname + location.search);
  turn += 1;
  hide();
}

function findLink(href) {
  return [...document.querySelectorAll('gradio-app a')].find((link) => link.getAttribute('href') === href);
}

// The chat draws its messages again as they grow, so what marks the open link is put on again after each drawing.
function markOpener() {
  for (const link of document.querySelectorAll('gradio-app a[href^="#src="]')) {
    if (!reader.hidden && link.getAttribute('href') === location.hash) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  if (!link || !view(link.getAttribute('href'))) return;
  event.preventDefault();
  event.stopPropagation();
  if (!reader.contains(link)) opener = link;
  if (location.hash === link.getAttribute('href')) follow();
  else location.hash = link.getAttribute('href');
}, true);

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !reader.hidden) leave();
});
close.addEventListener('click', leave);
window.addEventListener('hashchange', follow);
new MutationObserver(markOpener).observe(document.body, { subtree: true, childList: true });
follow();
