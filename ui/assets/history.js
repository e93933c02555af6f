// Conversations, kept in this browser alone: saved as they grow, opened again after a reload, exported and deleted.

import { announce, button, fill, make, postText, saveFile } from './dom.js';
import { addView, follow, leave } from './panel.js';

const KEY = 'advisor.conversation.';
const OPEN = 'advisor.open';
let known = '';

const box = () => document.querySelector('#memory textarea');
const busy = () => Boolean(document.querySelector('#question .stop-button'));
const nameOf = (kept) => kept.turns[0]?.message || 'Empty conversation';

function read(id) {
  try {
    return JSON.parse(localStorage.getItem(KEY + id));
  } catch {
    return null;
  }
}

function all() {
  const ids = Object.keys(localStorage).filter((key) => key.startsWith(KEY)).map((key) => key.slice(KEY.length));
  return ids.map(read).filter((kept) => kept?.turns?.length).sort((a, b) => (b.changed || 0) - (a.changed || 0));
}

// What the page holds now; saved when it is new.
export function save() {
  const text = box()?.value || '';
  if (!text || text === known) return;
  known = text;
  const now = JSON.parse(text);
  if (!now.turns.length) return;
  sessionStorage.setItem(OPEN, now.id);
  const same = JSON.stringify(read(now.id)?.turns) === JSON.stringify(now.turns);
  if (same) return;
  try {
    localStorage.setItem(KEY + now.id, JSON.stringify({ ...now, changed: Date.now() }));
  } catch {
    announce('This browser has no room left to keep the conversation. Delete some in History.');
  }
}

function free() {
  if (busy()) announce('Stop the answer first.');
  return !busy();
}

export function askAgain() {
  if (free()) document.querySelector('#retry').click();
}

function put(text) {
  if (!free()) return false;
  known = text;
  fill(box(), text);
  setTimeout(() => document.querySelector('#restore').click(), 0);
  return true;
}

function openAgain(id) {
  const kept = read(id);
  if (!kept || !put(JSON.stringify(kept))) return;
  sessionStorage.setItem(OPEN, id);
  leave();
}

export function startNew() {
  if (!put('')) return;
  sessionStorage.removeItem(OPEN);
  leave();
  document.querySelector('#question textarea')?.focus();
}

function remove(id) {
  localStorage.removeItem(KEY + id);
  if (sessionStorage.getItem(OPEN) === id) {
    sessionStorage.removeItem(OPEN);
    put('');
  }
  follow();
}

const exported = (kept, form) => postText(`api/export?form=${form}`, kept);

async function download(kept, form, ending) {
  try {
    const type = form === 'json' ? 'application/json' : 'text/markdown';
    saveFile(await exported(kept, form), `conversation-${kept.id}.${ending}`, type);
  } catch (error) {
    announce(`The export did not work. ${error.message}`);
  }
}

// The conversation that is shown.
export const current = () => JSON.parse(box().value);

export async function copyTurn(number) {
  const now = current();
  try {
    await navigator.clipboard.writeText(await exported({ ...now, turns: now.turns.slice(number, number + 1) }, 'markdown'));
    announce('Copied with its sources.');
  } catch {
    announce('Copying did not work; this browser does not allow it here.');
  }
}

function drawItem(kept) {
  const name = nameOf(kept);
  const when = kept.changed ? new Date(kept.changed).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' }) : '';
  const count = kept.turns.length === 1 ? '1 question' : `${kept.turns.length} questions`;
  const open = make('button', { type: 'button', class: 'open' }, name);
  open.addEventListener('click', () => openAgain(kept.id));
  const actions = make('div', { class: 'actions' },
    button('Markdown', `Download “${name}” as Markdown`, () => download(kept, 'markdown', 'md')),
    button('JSON', `Download “${name}” as JSON`, () => download(kept, 'json', 'json')),
    button('Delete', `Delete “${name}”`, () => remove(kept.id)));
  return make('li', {}, open, make('span', {}, [when, count].filter(Boolean).join(' · ')), actions);
}

function list() {
  save();
  const items = all().map(drawItem);
  const told = items.length ? 'Kept in this browser only.' : '';
  const children = items.length
    ? [make('ul', { class: 'guides history' }, ...items)]
    : [make('p', { class: 'none' }, 'No conversations yet. They are kept in this browser only, until you delete them.')];
  return { heading: 'History', about: told ? [told] : [], children };
}

// The conversation that this tab showed before it was reloaded.
export function resume() {
  const id = sessionStorage.getItem(OPEN);
  const kept = id && read(id);
  if (kept) put(JSON.stringify(kept));
}

addView('#history', list);
