// The panel beside the chat. What it shows is the page's hash, so links, reload and Back all lead to the same place.

import { button, make } from './dom.js';

const views = new Map();
const scrolled = new Map();
let opener = null;
let shown = '';
// Whether what is shown is only told to come.
let coming = false;
let trail = [];
let turn = 0;

const title = make('h2', { id: 'reader-title', tabindex: '-1' });
const close = button('Close', 'Close', () => leave());
const back = button('Back', 'Back', () => history.back());
const about = make('p', { class: 'about' });
const body = make('div', { id: 'reader-body', tabindex: '0', role: 'region', 'aria-labelledby': 'reader-title' });
close.id = 'reader-close';
back.id = 'reader-back';
const head = make('header', {}, make('div', {}, title, about), make('div', { class: 'buttons' }, back, close));
const panel = make('aside', { id: 'reader', 'aria-label': 'Beside the chat', hidden: true }, head, body);
document.body.append(panel);

// `load` takes what follows the prefix and gives { heading, about, children }, or a promise of it.
export function addView(prefix, load) {
  views.set(prefix, load);
}

function viewOf(hash) {
  for (const [prefix, load] of views) {
    if (hash === prefix || (prefix.endsWith('=') && hash.startsWith(prefix))) return () => load(hash.slice(prefix.length));
  }
  return null;
}

// Where lines will stand.
function drawWaiting() {
  return make('div', { class: 'waiting', 'aria-hidden': 'true' }, ...Array.from({ length: 5 }, () => make('i')));
}

export async function follow() {
  const mine = ++turn;
  const hash = location.hash;
  const load = viewOf(hash);
  if (!load) {
    hide();
    return;
  }
  const slow = setTimeout(() => {
    if (mine !== turn || hash === shown) return;
    show(hash, { heading: 'One moment …', about: [], children: [drawWaiting()] });
    coming = true;
  }, 400);
  let loaded;
  try {
    loaded = await load();
  } catch (error) {
    loaded = { heading: 'This could not be opened', about: [], children: [make('p', { class: 'none', role: 'alert' }, error.message)] };
  }
  clearTimeout(slow);
  if (mine === turn) show(hash, loaded);
}

// Draw a view anew if it is the one that is open, or that is about to be: what it asked for may have changed since.
export function redraw(...prefixes) {
  if (prefixes.includes(location.hash)) follow();
}

function show(hash, { heading, about: told, children }) {
  const again = hash === shown && !coming;
  coming = false;
  const place = again ? body.scrollTop : scrolled.get(hash);
  const focused = again && body.contains(document.activeElement) ? document.activeElement.id || document.activeElement.getAttribute('aria-label') : null;
  if (trail.at(-1) === hash) trail.pop();
  shown = hash;
  panel.hidden = false;
  document.documentElement.classList.add('reading');
  back.hidden = !trail.length;
  title.textContent = heading;
  about.replaceChildren(...told);
  body.replaceChildren(...children);
  markOpener();
  cover();
  scroll(place);
  if (focused) refocus(focused);
  else if (!body.contains(document.activeElement)) title.focus({ preventScroll: true });
}

// Where the panel comes over the chat, nothing of what it hides is reached by keyboard or screen reader.
const narrow = matchMedia('(max-width: 56rem)');

function cover() {
  const over = narrow.matches && !panel.hidden;
  const masthead = document.querySelector('#masthead');
  masthead?.toggleAttribute('inert', over && panel.offsetTop < masthead.offsetHeight);
  for (const behind of document.querySelectorAll('#chat, .form:has(#question)')) behind.toggleAttribute('inert', over);
}

function scroll(place) {
  const quote = body.querySelector('mark');
  quote?.closest('details')?.setAttribute('open', '');
  if (place !== undefined) body.scrollTop = place;
  else if (quote) body.scrollTop += quote.getBoundingClientRect().top - body.getBoundingClientRect().top - body.clientHeight / 3;
  else body.scrollTop = 0;
}

function refocus(name) {
  const found = [...body.querySelectorAll('button, input, select')].find((one) => one.id === name || one.getAttribute('aria-label') === name);
  (found || title).focus({ preventScroll: true });
}

function hide() {
  if (panel.hidden) return;
  const inside = panel.contains(document.activeElement) || document.activeElement === document.body;
  panel.hidden = true;
  shown = '';
  trail = [];
  document.documentElement.classList.remove('reading');
  markOpener();
  cover();
  if (inside) (standIn(opener) || document.querySelector('#question textarea'))?.focus();
}

export function leave() {
  history.replaceState(null, '', location.pathname + location.search);
  turn += 1;
  hide();
}

// The chat draws its messages again as they grow; the link that was followed may have been drawn anew.
function standIn(link) {
  if (!link || document.contains(link)) return link;
  return [...document.querySelectorAll('gradio-app a')].find((other) => other.getAttribute('href') === link.getAttribute('href'));
}

export function markOpener() {
  for (const link of document.querySelectorAll('gradio-app :is(a[href^="#src="], #masthead nav a)')) {
    const current = !panel.hidden && link.getAttribute('href') === location.hash;
    if (current !== link.hasAttribute('aria-current')) link.toggleAttribute('aria-current', current);
    if (current) link.setAttribute('aria-current', 'true');
  }
}

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href*="#"]');
  const hash = link?.pathname === location.pathname && link.hash;
  if (!hash || !viewOf(hash)) return;
  event.preventDefault();
  event.stopPropagation();
  if (panel.contains(link)) {
    scrolled.set(shown, body.scrollTop);
    trail.push(shown);
  } else {
    opener = link;
    trail = [];
  }
  if (hash === shown && !panel.contains(link) && link.closest('nav')) leave();
  else if (location.hash === hash) follow();
  else {
    scrolled.delete(hash);
    location.hash = hash;
  }
}, true);

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented && !panel.hidden) leave();
});
// Whoever taps what is left to see of the chat wants it back; what the page presses by itself (restoring.js) is no tap.
document.addEventListener('click', (event) => {
  if (event.isTrusted && narrow.matches && !panel.hidden && event.target.closest?.('gradio-app') && !event.target.closest('#masthead')) leave();
});
window.addEventListener('resize', cover);
window.addEventListener('hashchange', follow);
