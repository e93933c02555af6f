// Conversations as this browser keeps them: each turn by itself and written once, so that two tabs that add to one
// conversation in the same instant write nothing over. (A lock would not do: what one tab wrote may reach the other after it.)

import { forget, hold, keysFrom, recall } from './storage.js';

const KEY = 'advisor.conversation.';
// As many as the server reads (ui/memory.py); older ones fall away.
const MOST = 50;
// Turns that were taken away: an answer that began before that would bring them back.
const gone = new Set();

const keyOf = (id, name) => `${KEY}${id}.${name}`;
// The conversation that a key of the storage belongs to, if any; names hold no dot.
const idOf = (key) => (key.startsWith(KEY) ? key.slice(KEY.length).split('.')[0] : '');

function parse(key) {
  try {
    const { at, turn } = JSON.parse(recall(key));
    return turn?.name && typeof turn.message === 'string' ? [{ at, turn }] : [];
  } catch {
    return [];
  }
}

function turnsOf(keys) {
  return keys.flatMap(parse).sort((one, other) => one.at - other.at || one.turn.name.localeCompare(other.turn.name));
}

const conversation = (id, kept) => ({ id, turns: kept.slice(-MOST).map(({ turn }) => turn), changed: kept.at(-1)?.at });

export const read = (id) => conversation(id, turnsOf(keysFrom(`${KEY}${id}.`)));

// Those that hold something, the last changed first.
export function all() {
  const byId = Map.groupBy(keysFrom(KEY), idOf);
  const kept = [...byId].map(([id, keys]) => conversation(id, turnsOf(keys)));
  return kept.filter(({ turns }) => turns.length).sort((one, other) => other.changed - one.changed);
}

// Whether the browser keeps other turns of a conversation than these.
export const differs = ({ id, turns }) => JSON.stringify(read(id).turns.map(({ name }) => name)) !== JSON.stringify(turns.map(({ name }) => name));

function take(key) {
  gone.add(key);
  forget(key);
}

// Keeps the turns that are new, in their order; then those that gave way to them are forgotten.
export function keep({ id, turns, gone: replaced = [] }) {
  const known = turnsOf(keysFrom(`${KEY}${id}.`));
  const fresh = turns.filter(({ name }) => !gone.has(keyOf(id, name)) && !known.some(({ turn }) => turn.name === name));
  let last = known.at(-1)?.at || 0;
  for (const turn of fresh) {
    last = Math.max(Date.now(), last + 1);
    hold(keyOf(id, turn.name), JSON.stringify({ at: last, turn }));
  }
  if (fresh.length) for (const name of replaced) take(keyOf(id, name));
}

export function remove(id) {
  keysFrom(`${KEY}${id}.`).forEach(take);
  forget(KEY + id);
}

// Earlier builds kept a conversation under one key. Its turns get names that come out alike in every tab; the old key goes
// only once the browser has all of them.
function divide(key) {
  const { turns, changed } = parseWhole(key);
  const held = turns.map((turn, place) => {
    const name = `earlier-${place}`;
    const at = (changed || turns.length) - turns.length + place;
    const own = keyOf(idOf(key), name);
    return recall(own) !== null || hold(own, JSON.stringify({ at, turn: { ...turn, name } }));
  });
  if (held.length && held.every(Boolean)) forget(key);
}

function parseWhole(key) {
  try {
    const { turns, changed } = JSON.parse(recall(key));
    return { turns: turns.filter((turn) => typeof turn?.message === 'string').slice(-MOST), changed: Number(changed) };
  } catch {
    return { turns: [] };
  }
}

keysFrom(KEY).filter((key) => key === KEY + idOf(key)).forEach(divide);

// `act` is told which conversation another tab changed; '' where it may have been any.
export function onOthers(act) {
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key !== null && !idOf(key)) return;
    if (key !== null && newValue === null) gone.add(key);
    act(key === null ? '' : idOf(key));
  });
}
