// Joins what this page adds to the chat: the panel, the history, copying; and mends names that screen readers hear.

import './figures.js';
import './guides.js';
import { copyTurn, resume, save, startNew } from './history.js';
import { follow, markOpener } from './panel.js';

const ACTIONS = {
  '#new': () => startNew(),
  '#copy=': (rest) => copyTurn(Number(rest)),
};

document.addEventListener('click', (event) => {
  const hash = event.target.closest?.('a[href^="#"]')?.getAttribute('href');
  const action = hash && Object.keys(ACTIONS).find((name) => hash === name || (name.endsWith('=') && hash.startsWith(name)));
  if (!action) return;
  event.preventDefault();
  event.stopPropagation();
  ACTIONS[action](hash.slice(action.length));
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

let resumed = false;
let waiting = false;

function look() {
  waiting = false;
  mendNames();
  markOpener();
  if (!resumed && document.querySelector('#memory textarea') && document.querySelector('#restore')) {
    resumed = true;
    resume();
  }
  save();
}

new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  setTimeout(look, 50);
}).observe(document.body, { subtree: true, childList: true, characterData: true });
window.addEventListener('pagehide', save);
look();
follow();
