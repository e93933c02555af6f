// Joins what this page adds to the chat: the panel, the history, what can be done with an answer; and mends names that
// screen readers hear.

import { onBroken } from './transport.js';
import { ask, fill } from './dom.js';
import { mendEditing } from './editing.js';
import { markGiven, rate } from './feedback.js';
import './figures.js';
import './guides.js';
import { askAgain, copyTurn, current, resume, save, startNew } from './history.js';
import { follow, markOpener } from './panel.js';
import { takeOver } from './person.js';
import { show, started } from './restoring.js';
import './roadmap.js';
import { forget, hold, recall } from './storage.js';

const ACTIONS = {
  '#new': () => startNew(),
  '#again': () => askAgain(),
  '#copy=': (rest) => copyTurn(Number(rest)),
  '#rate=': (rest, link) => rate(rest, link, current()),
};

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  const hash = link?.getAttribute('href');
  const action = hash && Object.keys(ACTIONS).find((name) => hash === name || (name.endsWith('=') && hash.startsWith(name)));
  if (!action) return;
  event.preventDefault();
  event.stopPropagation();
  ACTIONS[action](hash.slice(action.length), link);
}, true);

document.addEventListener('keydown', (event) => {
  const link = event.target.closest?.('a[role="button"]');
  if (link && event.key === ' ') {
    event.preventDefault();
    link.click();
  }
});

const SPEAKERS = { user: 'You', bot: 'Advisor' };

// Gradio reads the raw Markdown out as each message's name, calls its examples a list without items, names the question's box
// by its button as well, and opens any page of ours in a new window.
function mendNames() {
  document.querySelector('#masthead h1 a[target]')?.removeAttribute('target');
  document.querySelector('#question textarea')?.setAttribute('aria-label', 'Your question');
  for (const message of document.querySelectorAll('#chat :is([data-testid="bot"], [data-testid="user"])')) {
    message.setAttribute('role', 'group');
    message.setAttribute('aria-label', SPEAKERS[message.dataset.testid]);
  }
  for (const examples of document.querySelectorAll('#chat .examples[role="list"]')) {
    examples.setAttribute('role', 'group');
    examples.setAttribute('aria-label', 'Questions to start from');
    for (const example of examples.querySelectorAll('button[aria-label]')) example.removeAttribute('aria-label');
  }
}

// A question that stands in the chat leaves the box. The framework's own update is lost when the answer comes at once, and
// what is typed meanwhile must stay.
let said = 0;

function clearAsked() {
  const messages = document.querySelectorAll('#chat [data-testid="user"]');
  const field = document.querySelector('#question textarea');
  const flat = (text) => text.replace(/\s+/g, ' ').trim();
  const answered = ![...document.querySelectorAll('#chat .bot-row')].at(-1)?.querySelector('.status.notice');
  if (messages.length > said && answered && flat(field.value) === flat([...messages].at(-1).textContent)) fill(field, '');
  said = messages.length;
}

// An answer broke off: the question goes back into its box, and the conversation is shown as it was kept once the server is
// there again. The framework may load the page anew by then.
const UNSENT = 'advisor.unsent';

onBroken(async () => {
  const question = document.querySelector('#question textarea');
  if (!question.value) fill(question, [...document.querySelectorAll('#chat [data-testid="user"]')].at(-1)?.textContent.trim() || '');
  hold(UNSENT, question.value, 'sessionStorage');
  for (let here = false; !here; here = await ask('healthz').then(() => true, () => false)) {
    await new Promise((go) => setTimeout(go, 1500));
  }
  show(document.querySelector('#memory textarea').value);
});

function takeUpAgain() {
  resume();
  const unsent = recall(UNSENT, 'sessionStorage');
  if (unsent) fill(document.querySelector('#question textarea'), unsent);
  forget(UNSENT, 'sessionStorage');
  started();
}

const ready = () => ['#memory textarea', '#person textarea', '#restore'].every((name) => document.querySelector(name));
// A person reads an answer from its question on, and the welcome from its heading; the framework would show the end of both.
let asked = 0;
let held = true;

function holdQuestion() {
  const frame = document.querySelector('#chat .bubble-wrap');
  const questions = [...document.querySelectorAll('#chat [data-testid="user"]')];
  // A message that is being changed stands in its row, and is none of these.
  const rows = document.querySelectorAll('#chat .user-row').length;
  if (rows !== asked) held = true;
  asked = rows;
  if (!frame || !held) return;
  const last = questions.at(-1);
  const below = last ? last.getBoundingClientRect().top - frame.getBoundingClientRect().top - 16 : -frame.scrollTop;
  if (Math.abs(below) > 1) frame.scrollTop += below;
}

// Whoever scrolls, reads elsewhere.
for (const kind of ['wheel', 'touchmove', 'pointerdown', 'keydown']) {
  document.addEventListener(kind, (event) => {
    if (event.target.closest?.('#chat')) held = false;
  }, { passive: true });
}

let resumed = false;
let waiting = false;

function look() {
  waiting = false;
  markOpener();
  if (!ready()) return;
  if (!resumed) {
    resumed = true;
    takeUpAgain();
    follow();
  }
  clearAsked();
  holdQuestion();
  takeOver();
  save();
  if (document.querySelector('#memory textarea').value) markGiven(current());
}

new MutationObserver(() => {
  mendNames();
  mendEditing();
  if (waiting) return;
  waiting = true;
  setTimeout(look, 50);
}).observe(document.body, { subtree: true, childList: true, characterData: true });
window.addEventListener('pagehide', () => {
  takeOver();
  save();
});
look();
