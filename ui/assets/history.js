// Conversations, kept in this browser alone: saved as they grow, opened again after a reload, exported and deleted.

import { announce, button, make, postText, saveFile } from './dom.js';
import * as conversations from './conversations.js';
import { addView, follow, leave, redraw } from './panel.js';
import { isRestoring, show } from './restoring.js';
import { forget, hold, recall } from './storage.js';
import { isAnswering, onAnswered } from './transport.js';

const OPEN = 'advisor.open';
const NONE = { id: '', turns: [] };
// What the page holds, as it was last seen or opened; and whether the browser may keep more of that conversation.
let known = '';
let behind = false;
// The next look whether the page is still, and whether it was at the last: an answer stands a moment before it counts.
let looking = 0;
let still = false;

const box = () => document.querySelector('#memory textarea');
const busy = () => isAnswering() || Boolean(document.querySelector('#question .stop-button'));
const nameOf = (kept) => kept.turns[0]?.message || 'Empty conversation';
const shown = () => (known ? JSON.parse(known) : NONE);

// What the page holds now; kept where it is new.
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
  if (!now.turns.length) return;
  hold(OPEN, now.id, 'sessionStorage');
  conversations.keep(now);
}

// An answer is kept as it comes; what the page holds may be drawn over by what it shows again at that moment.
onAnswered((parts) => {
  const kept = parts.at(-2);
  if (typeof kept !== 'string') return;
  conversations.keep(JSON.parse(kept));
  behind = true;
});

// Another tab went on with the conversation that is shown here: it is shown as the browser keeps it, once the page is still.
function catchUp() {
  if (!behind || looking) return;
  looking = setTimeout(() => {
    looking = 0;
    const was = still;
    still = !busy() && !isRestoring();
    keepNew();
    if (was && still) showKept();
    catchUp();
  }, 100);
}

function showKept() {
  const now = shown();
  still = behind = false;
  if (!now.turns.length || !conversations.differs(now)) return;
  const kept = conversations.read(now.id);
  if (kept.turns.length) put(kept);
  else putAway();
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

function put(kept) {
  if (!free()) return false;
  known = kept ? JSON.stringify({ id: kept.id, turns: kept.turns }) : '';
  show(known);
  return true;
}

function openAgain(id) {
  if (!put(conversations.read(id))) return;
  hold(OPEN, id, 'sessionStorage');
  leave();
}

function putAway() {
  if (!put(null)) return false;
  forget(OPEN, 'sessionStorage');
  return true;
}

export function startNew() {
  if (!putAway()) return;
  leave();
  document.querySelector('#question textarea')?.focus();
}

function remove(id) {
  if (recall(OPEN, 'sessionStorage') === id && !putAway()) return;
  conversations.remove(id);
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
  yes.className = 'warn';
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
  const items = conversations.all().map(drawItem);
  const told = items.length ? `Kept in this browser only.${noted()}` : '';
  const children = items.length
    ? [make('ul', { class: 'guides history' }, ...items)]
    : [make('p', { class: 'none' }, 'No conversations yet. They are kept in this browser only, until you delete them.')];
  return { heading: 'History', about: told ? [told] : [], children };
}

// The conversation that this tab showed before it was reloaded.
export function resume() {
  const id = recall(OPEN, 'sessionStorage');
  const kept = id && conversations.read(id);
  if (kept?.turns.length) put(kept);
}

conversations.onOthers((id) => {
  behind ||= !id || id === shown().id;
  save();
  redraw('#history');
});
addView('#history', list);
