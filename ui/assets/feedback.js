// Thumbs: up at once, down with a reason. What is sent is the one answer; nothing about the person.

import { announce, button, make, post } from './dom.js';

const REASONS = { down: 'Not helpful', 'wrong source': 'Wrong source', 'out of date': 'Out of date', 'not what I asked': 'Not what I asked', other: 'Something else' };
const given = new Map();
const menu = make('div', { id: 'reasons', popover: 'auto', role: 'dialog', 'aria-label': 'What was wrong?' });
document.body.append(menu);
menu.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  event.stopPropagation();
  event.preventDefault();
  menu.hidePopover();
});

export function rate(rest, link, conversation) {
  const [number, verdict] = rest.split(':');
  if (verdict === 'up') send(Number(number), 'up', conversation);
  else ask(Number(number), link, conversation);
}

function ask(number, link, conversation) {
  const buttons = Object.entries(REASONS).map(([verdict, words]) => button(words, words, () => {
    menu.hidePopover();
    send(number, verdict, conversation);
    link.focus();
  }));
  menu.replaceChildren(make('p', {}, 'What was wrong?'), ...buttons);
  menu.showPopover();
  const place = link.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(place.left, innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(place.bottom + 4, innerHeight - menu.offsetHeight - 8))}px`;
  buttons[0].focus();
}

async function send(number, verdict, conversation) {
  const turns = conversation.turns.slice(number, number + 1);
  try {
    await post('api/feedback', { verdict, conversation: { ...conversation, turns } });
    given.set(turns[0].name, verdict === 'up' ? 'up' : 'down');
    markGiven(conversation);
    announce('Thank you. Your feedback stays on this server.');
  } catch (error) {
    announce(`The feedback was not kept. ${error.message}`);
  }
}

// The chat draws its messages again, and without what was pressed.
export function markGiven(conversation) {
  for (const link of document.querySelectorAll('#chat a[href^="#rate="]')) {
    const [number, verdict] = link.getAttribute('href').slice(6).split(':');
    const pressed = String(given.get(conversation.turns[number]?.name) === verdict);
    if (link.getAttribute('aria-pressed') !== pressed) link.setAttribute('aria-pressed', pressed);
  }
}
