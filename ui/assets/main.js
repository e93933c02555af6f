// Joins what this page adds to the chat: the panel, the history, what can be done with an answer; and mends names that
// screen readers hear.

import './transport.js';
import { markGiven, rate } from './feedback.js';
import './figures.js';
import './guides.js';
import { askAgain, copyTurn, current, resume, save, startNew } from './history.js';
import { follow, markOpener } from './panel.js';
import { takeOver } from './person.js';
import './roadmap.js';

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

// Gradio reads the raw Markdown out as each message's name, and calls its examples a list without items.
function mendNames() {
  for (const message of document.querySelectorAll('#chat [data-testid="bot"][aria-label], #chat [data-testid="user"][aria-label]')) {
    message.removeAttribute('aria-label');
  }
  for (const examples of document.querySelectorAll('#chat .examples[role="list"]')) {
    examples.setAttribute('role', 'group');
    examples.setAttribute('aria-label', 'Questions to start from');
  }
}

const ready = () => ['#memory textarea', '#person textarea', '#restore'].every((name) => document.querySelector(name));
let resumed = false;
let waiting = false;

function look() {
  waiting = false;
  mendNames();
  markOpener();
  if (!ready()) return;
  if (!resumed) {
    resumed = true;
    resume();
  }
  takeOver();
  save();
  if (document.querySelector('#memory textarea').value) markGiven(current().id);
}

new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  setTimeout(look, 50);
}).observe(document.body, { subtree: true, childList: true, characterData: true });
window.addEventListener('pagehide', save);
look();
follow();
