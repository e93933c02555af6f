// What the chat is to show: handed to the server, which draws it, one conversation at a time. A question that is sent before
// it stands there would be answered, and then drawn over by what was kept before it; so it waits.

import { announce, fill } from './dom.js';
import { runsMade } from './transport.js';

// Milliseconds after which nobody waits any longer for a server that does not answer.
const PATIENCE = 10_000;
const SENDING = '#question .submit-button, #chat :is(.example, .option)';
const CHANGING = '#chat .message-buttons button';

let starting = true;
let given = null;
let next = null;
let held = null;

const box = () => document.querySelector('#memory textarea');

// Whether something is to be shown that does not stand there yet.
export const isRestoring = () => given !== null;

// The last of what is given is shown in the end; '' is an empty conversation.
export function show(text) {
  if (isRestoring()) {
    next = text;
    return;
  }
  // The server leaves the mark out, so that what it answers differs from what it was given.
  given = text && JSON.stringify({ ...JSON.parse(text), given: performance.now() });
  const [since, runs] = [performance.now(), runsMade()];
  const waiting = setInterval(() => {
    const stands = runsMade() > runs && box().value && box().value !== given;
    if (stands || performance.now() - since > PATIENCE) {
      clearInterval(waiting);
      shown();
    } else if (runsMade() === runs) handOver();
  }, 50);
  handOver();
}

// The framework may not have been ready for it yet, and may have put its own value in its place.
function handOver() {
  if (box().value !== given) fill(box(), given);
  setTimeout(() => document.querySelector('#restore').click(), 0);
}

function shown() {
  const following = next;
  [given, next] = [null, null];
  if (following !== null) show(following);
  else release();
}

// The page knows what it has to show, if anything.
export function started() {
  starting = false;
  if (!isRestoring()) release();
}

function release() {
  const send = held;
  held = null;
  if (send) setTimeout(send, 0);
}

function send(words) {
  const field = document.querySelector('#question textarea');
  if (words && !field.value.trim()) fill(field, words);
  setTimeout(() => document.querySelector('#question .submit-button')?.click(), 0);
}

function hold(event, words) {
  event.preventDefault();
  event.stopImmediatePropagation();
  held = () => send(words);
}

document.addEventListener('keydown', (event) => {
  const sends = event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.target.matches?.('#question textarea');
  if (!sends) return;
  if (starting || isRestoring()) hold(event, '');
  else if (document.querySelector('#question .stop-button')) {
    event.preventDefault();
    event.stopImmediatePropagation();
    announce('One answer at a time: wait for this one, or stop it.');
  }
}, true);

document.addEventListener('click', (event) => {
  if (!starting && !isRestoring()) return;
  const sending = event.target.closest?.(SENDING);
  if (sending) hold(event, sending.matches('.submit-button') ? '' : sending.textContent.trim());
  else if (event.target.closest?.(CHANGING)) event.stopImmediatePropagation();
}, true);
