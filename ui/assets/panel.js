// The panel beside the chat. What it shows is the page's hash, so links, reload and Back all lead to the same place.

import { make } from './dom.js';

const views = new Map();
let opener = null;
let turn = 0;

const title = make('h2', { id: 'reader-title', tabindex: '-1' });
const close = make('button', { type: 'button', id: 'reader-close' }, 'Close');
const about = make('p', { class: 'about' });
const body = make('div', { id: 'reader-body', tabindex: '0', role: 'region', 'aria-labelledby': 'reader-title' });
const head = make('header', {}, make('div', {}, title, about), close);
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

export async function follow() {
  const mine = ++turn;
  const load = viewOf(location.hash);
  if (!load) {
    hide();
    return;
  }
  let shown;
  try {
    shown = await load();
  } catch (error) {
    shown = { heading: 'This could not be opened', about: [], children: [make('p', { role: 'alert' }, error.message)] };
  }
  if (mine === turn) show(shown);
}

function show({ heading, about: told, children }) {
  panel.hidden = false;
  document.documentElement.classList.add('reading');
  title.textContent = heading;
  about.replaceChildren(...told);
  body.replaceChildren(...children);
  markOpener();
  body.scrollTop = 0;
  const quote = body.querySelector('mark');
  quote?.closest('details')?.setAttribute('open', '');
  if (quote) body.scrollTop = quote.getBoundingClientRect().top - body.getBoundingClientRect().top - body.clientHeight / 3;
  if (!body.contains(document.activeElement)) title.focus({ preventScroll: true });
}

function hide() {
  if (panel.hidden) return;
  const inside = panel.contains(document.activeElement) || document.activeElement === document.body;
  panel.hidden = true;
  document.documentElement.classList.remove('reading');
  markOpener();
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
  for (const link of document.querySelectorAll('gradio-app a[href^="#src="]')) {
    const current = !panel.hidden && link.getAttribute('href') === location.hash;
    if (current !== link.hasAttribute('aria-current')) link.toggleAttribute('aria-current', current);
    if (current) link.setAttribute('aria-current', 'true');
  }
}

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  const hash = link?.getAttribute('href');
  if (!hash || !viewOf(hash)) return;
  event.preventDefault();
  event.stopPropagation();
  if (!panel.contains(link)) opener = link;
  if (location.hash === hash) follow();
  else location.hash = hash;
}, true);

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !panel.hidden) leave();
});
close.addEventListener('click', leave);
window.addEventListener('hashchange', follow);
