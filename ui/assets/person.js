// The person: what was understood about them, kept in this browser alone, and theirs to correct and to erase.

import { announce, button, fill, make } from './dom.js';
import { addView, redraw } from './panel.js';
import { forget, hold, recall } from './storage.js';

const KEY = 'advisor.profile';
const ASPECTS = {
  goal: 'Goal',
  education: 'Education',
  experience: 'Experience',
  credentials: 'Credentials',
  skills: 'Skills',
  constraints: 'What matters to you',
};
// Fewer than the server reads (advisor/profile/values.py), so that what a message adds pushes nothing out there.
const MOST = 30;
const FULL = `I can keep ${MOST} things about you. Remove one in You to add another.`;
// Characters that the server reads of one.
const LONGEST = 200;
const NONE = { traits: [], before: [] };
let handed = null;
let taken = '';

const box = () => document.querySelector('#person textarea');
const same = (one, other) => one.aspect === other.aspect && one.value === other.value && one.words === other.words;
const without = (traits, gone) => traits.filter((trait) => !gone.some((other) => same(trait, other)));

const usable = (trait) => trait?.aspect in ASPECTS && [trait.value, trait.words].every((words) => typeof words === 'string') && trait.value !== '';

function parse(text) {
  try {
    const { traits, before = [] } = JSON.parse(text);
    return { traits: traits.filter(usable), before: before.filter(usable) };
  } catch {
    return NONE;
  }
}

export const profile = () => ({ traits: parse(recall(KEY)).traits });

function keep(traits) {
  if (traits.length) hold(KEY, JSON.stringify({ traits }));
  else forget(KEY);
  handOver();
  redraw('#you', '#roadmap');
}

// What goes along with the next question; what an answer has brought back by now is not written over.
function handOver() {
  const field = box();
  if (!field) return;
  if (field.value && field.value !== handed && field.value !== taken) {
    takeOver();
    return;
  }
  handed = JSON.stringify(profile());
  fill(field, handed);
}

// What an answer brought back: what it added or corrected is taken over, what was changed here meanwhile stays.
export function takeOver() {
  const text = box()?.value;
  if (text === undefined || text === handed) return;
  if (!text || text === taken) {
    handOver();
    return;
  }
  taken = text;
  const { before, traits: after } = parse(text);
  const added = without(after, before);
  const left = without(profile().traits, without(before, after));
  const room = Math.max(MOST - left.length, 0);
  keep([...left, ...added.slice(0, room)]);
  if (added.length > room) announce(FULL);
  else if (added.length) announce(`Noted about you: ${added.map((trait) => trait.value).join(', ')}`);
}

function change(old, value) {
  const traits = profile().traits.map((trait) => (same(trait, old) ? { ...trait, value, words: value } : trait));
  keep(traits.filter((trait) => trait.value));
}

// Whether a field holds no more than can be kept; what is too long stays in it, and it is said.
export function fits(field) {
  const length = [...field.value.trim()].length;
  const told = field.form.querySelector('.over') || field.form.appendChild(make('p', { class: 'over', role: 'alert' }));
  told.textContent = length > LONGEST ? `That has ${length} characters; I can keep ${LONGEST} of one thing. Please shorten it, or tell it in parts.` : '';
  field.setAttribute('aria-invalid', String(length > LONGEST));
  return length <= LONGEST;
}

function form(label, first, act, ...more) {
  const field = make('input', { type: 'text', 'aria-label': label, placeholder: 'In your own words', required: true, autocomplete: 'off' });
  field.value = first;
  const made = make('form', { class: 'line' }, ...more, field, make('button', { type: 'submit', class: 'main' }, first ? 'Save' : 'Add'));
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    if (fits(field)) act(field.value.trim());
  });
  return made;
}

function edit(item, trait) {
  const made = form(`${ASPECTS[trait.aspect] || trait.aspect}, in your words`, trait.value, (value) => change(trait, value));
  made.append(button('Cancel', 'Cancel', () => redraw('#you')));
  item.replaceChildren(made);
  made.querySelector('input').focus();
}

function drawTrait(trait) {
  const item = make('li');
  const words = trait.words && trait.words !== trait.value ? make('q', {}, trait.words) : null;
  item.append(make('div', { class: 'told' }, make('span', { class: 'value' }, trait.value), words || ''),
    make('div', { class: 'actions' },
      button('Edit', `Edit “${trait.value}”`, () => edit(item, trait)),
      button('Remove', `Remove “${trait.value}”`, () => keep(without(profile().traits, [trait])))));
  return item;
}

function drawAspect(aspect, traits) {
  return make('section', {}, make('h3', {}, ASPECTS[aspect] || aspect), make('ul', { class: 'traits' }, ...traits.map(drawTrait)));
}

function drawAdding() {
  const options = Object.entries(ASPECTS).map(([value, words]) => make('option', { value }, words));
  const choice = make('select', { 'aria-label': 'What it is about' }, ...options);
  const add = form('About you, in your words', '', (value) => addTrait(choice.value, value), choice);
  return make('section', { class: 'adding' }, make('h3', {}, 'Add something'), add);
}

export function addTrait(aspect, value) {
  if (!value) return;
  const others = profile().traits.filter((trait) => aspect !== 'goal' || trait.aspect !== 'goal');
  if (others.length >= MOST) announce(FULL);
  else keep([...others, { aspect, value, words: value }]);
}

function drawErasing() {
  const ask = button('Erase all', 'Erase all that is known about you', () => {
    const yes = button('Yes, erase all', 'Yes, erase all', () => keep([]));
    yes.className = 'warn';
    place.replaceChildren(make('span', {}, 'Erase all of this?'), yes, button('Keep it', 'Keep it', () => redraw('#you')));
    yes.focus();
  });
  const place = make('div', { class: 'erasing actions' }, ask);
  return place;
}

function view() {
  const { traits } = profile();
  const known = Object.keys(ASPECTS).map((aspect) => [aspect, traits.filter((trait) => trait.aspect === aspect)]);
  const sections = known.filter(([, own]) => own.length).map(([aspect, own]) => drawAspect(aspect, own));
  const none = make('p', { class: 'none' }, 'Nothing yet. Tell me in the chat where you stand and where you would like to go, and what I understand shows up here, with your own words beside it.');
  const children = traits.length ? [...sections, drawAdding(), drawErasing()] : [none, drawAdding()];
  return {
    heading: 'You',
    about: ['What I understood about you. Kept in this browser only; it goes along with each question and is stored nowhere else.'],
    children,
  };
}

window.addEventListener('storage', (event) => {
  if (event.key !== KEY) return;
  handOver();
  redraw('#you', '#roadmap');
});
addView('#you', view);
