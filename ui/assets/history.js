// Conversations, kept in this browser alone: saved as they grow, opened again after a reload, exported and deleted.

import { announce, button, make, postText, saveFile } from './dom.js';
import { MOST, alike, joined, nameOfTurn, namesOf, without } from './merging.js';
import { addView, follow, leave, redraw } from './panel.js';
import { isRestoring, show } from './restoring.js';
import { forget, hold, keysFrom, recall } from './storage.js';

const KEY = 'advisor.conversation.';
const OPEN = 'advisor.open';
let known = '';
// What is shown here, as it was last kept or opened; and whether another tab has gone on with it since.
let shown = { id: '', turns: [] };
let behind = false;
// The look again whether an answer still grows: it is kept a moment before it counts as done.
let waiting = 0;

const box = () => document.querySelector('#memory textarea');
const busy = () => Boolean(document.querySelector('#question .stop-button'));
const nameOf = (kept) => kept.turns[0]?.message || 'Empty conversation';

const read = (id) => parse(recall(KEY + id), null);

function parse(text, otherwise = { turns: [] }) {
  try {
    return JSON.parse(text) || otherwise;
  } catch {
    return otherwise;
  }
}

function all() {
  const ids = keysFrom(KEY).map((key) => key.slice(KEY.length));
  return ids.map(read).filter((kept) => kept?.turns?.length).sort((a, b) => (b.changed || 0) - (a.changed || 0));
}

// What the page holds now; saved when it is new.
export function save() {
  keepNew();
  catchUp();
}

function keepNew() {
  const text = box()?.value || '';
  if (!text || text === known || isRestoring()) return;
  const now = JSON.parse(text);
  if (leftBehind(now)) announce('The conversation as it was is kept in History.');
  known = text;
  if (!now.turns.length || (now.id === shown.id && alike(now.turns, shown.turns))) return;
  hold(OPEN, now.id, 'sessionStorage');
  const { turns: kept = [], gone = [] } = read(now.id) || {};
  const before = shown.id === now.id ? shown.turns : [];
  const turns = joined(kept, before, now.turns);
  behind ||= !alike(turns, now.turns);
  shown = { ...now, turns };
  if (!alike(turns, kept)) keep(turns, [...gone, ...namesOf(without(before, now.turns))]);
}

// `gone` names the turns that were taken away, so that no other tab takes them for lost.
function keep(turns, gone) {
  hold(KEY + shown.id, JSON.stringify({ ...shown, turns, gone: gone.slice(-MOST), changed: Date.now() }));
}

// Another tab went on with the conversation that is shown here: it is shown as both know it, once no answer grows.
function catchUp() {
  if (!behind) return;
  if (busy()) {
    waiting ||= setTimeout(() => {
      waiting = 0;
      catchUp();
    }, 100);
    return;
  }
  const kept = read(shown.id);
  if (kept) put(JSON.stringify(kept));
  else putAway();
}

// Another tab kept the conversation that is shown here, perhaps without having seen what this one had kept.
// What it wrote is told by the event; the browser may still hold what this tab wrote last.
function takeIn(text) {
  const { turns: kept, gone = [] } = parse(text, null) || {};
  const unseen = !kept ? [] : without(shown.turns, kept).filter((turn) => !gone.includes(nameOfTurn(turn)));
  if (unseen.length) keep(joined(kept, [], unseen), gone);
  behind = unseen.length > 0 || !alike(kept, shown.turns);
}

// What two tabs wrote at once may have crossed.
function lookAgain() {
  const kept = shown.id && recall(KEY + shown.id);
  if (!kept || alike(parse(kept).turns, shown.turns)) return;
  takeIn(kept);
  catchUp();
}

// A message before the last was changed: what followed it stays where it was, and the page goes on in a new conversation.
function leftBehind(now) {
  const before = known ? JSON.parse(known) : now;
  return before.id !== now.id && before.turns.length > now.turns.length;
}

function free() {
  if (busy()) announce('Stop the answer first.');
  return !busy();
}

export function askAgain() {
  if (free() && !isRestoring()) document.querySelector('#retry').click();
}

function put(text) {
  if (!free()) return false;
  known = text;
  shown = parse(text, { id: '', turns: [] });
  behind = false;
  show(text);
  return true;
}

function openAgain(id) {
  const kept = read(id);
  if (!kept || !put(JSON.stringify(kept))) return;
  hold(OPEN, id, 'sessionStorage');
  leave();
}

function putAway() {
  if (!put('')) return false;
  forget(OPEN, 'sessionStorage');
  return true;
}

export function startNew() {
  if (!putAway()) return;
  leave();
  document.querySelector('#question textarea')?.focus();
}

function remove(id) {
  forget(KEY + id);
  if (recall(OPEN, 'sessionStorage') === id) putAway();
  follow();
}

// Letters and digits of any script, so that it is a name on every system.
const fileName = (kept) => nameOf(kept).normalize('NFC').replace(/[^\p{L}\p{M}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60) || 'conversation';

const exported = (kept, form) => postText(`api/export?form=${form}`, kept);

async function download(kept, form, ending) {
  try {
    const type = form === 'json' ? 'application/json' : 'text/markdown';
    saveFile(await exported(kept, form), `${fileName(kept)}.${ending}`, type);
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

function confirmDeleting(actions, kept) {
  const yes = button('Yes, delete', `Yes, delete “${nameOf(kept)}”`, () => remove(kept.id));
  actions.previousElementSibling.remove();
  actions.replaceChildren(make('span', {}, 'Delete this conversation?'), yes, button('Keep it', 'Keep it', () => redraw('#history')));
  yes.focus();
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
    button('Delete', `Delete “${name}”`, () => confirmDeleting(actions, kept)));
  return make('li', {}, open, make('span', {}, [when, count].filter(Boolean).join(' · ')), actions);
}

// What the server keeps (ui/page.py).
const noted = () => document.querySelector('meta[name="advisor-feedback"]')?.content === 'on'
  ? ' A question that the guides do not answer is noted on this server as well, without who asked, unless it tells something about you.' : '';

function list() {
  save();
  const items = all().map(drawItem);
  const told = items.length ? `Kept in this browser only.${noted()}` : '';
  const children = items.length
    ? [make('ul', { class: 'guides history' }, ...items)]
    : [make('p', { class: 'none' }, 'No conversations yet. They are kept in this browser only, until you delete them.')];
  return { heading: 'History', about: told ? [told] : [], children };
}

// The conversation that this tab showed before it was reloaded.
export function resume() {
  const id = recall(OPEN, 'sessionStorage');
  const kept = id && read(id);
  if (kept) put(JSON.stringify(kept));
}

// Another tab kept or deleted a conversation.
window.addEventListener('storage', (event) => {
  if (event.key !== null && !event.key.startsWith(KEY)) return;
  keepNew();
  if (shown.id && (event.key === null || event.key === KEY + shown.id)) takeIn(event.newValue);
  catchUp();
  setTimeout(lookAgain, 500);
  redraw('#history');
});
addView('#history', list);
