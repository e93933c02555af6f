// A message that is changed: its box has a name and holds the message as it was written, Enter sends it and Escape leaves it.

import { fill } from './dom.js';

const BOX = '#chat textarea.edit-textarea';
// What ui/page.py puts before characters that Markdown would read as its own.
const ESCAPED = /\\([!-/:-@[-`{-~])/g;
const opened = new WeakSet();

const buttonsOf = (box) => box.closest('.message-row')?.nextElementSibling?.querySelectorAll('button') || [];

// The framework names the box by nothing, and fills it with the Markdown that it draws.
export function mendEditing() {
  for (const box of document.querySelectorAll(BOX)) {
    if (opened.has(box)) continue;
    opened.add(box);
    box.setAttribute('aria-label', 'Your question, to be changed');
    box.setAttribute('enterkeyhint', 'send');
    const written = box.value.replace(ESCAPED, '$1');
    if (written !== box.value) fill(box, written);
    box.focus();
    box.setSelectionRange(written.length, written.length);
  }
}

function send(submit) {
  submit.click();
  document.querySelector('#question textarea').focus();
}

function leave(cancel, buttons) {
  cancel.click();
  // The framework draws the button that opened the box anew.
  requestAnimationFrame(() => buttons.querySelector('button')?.focus());
}

document.addEventListener('keydown', (event) => {
  if (!event.target.matches?.(BOX) || event.isComposing) return;
  const [submit, cancel] = buttonsOf(event.target);
  if (event.key === 'Escape' && cancel) leave(cancel, event.target.closest('.message-row').nextElementSibling);
  else if (event.key === 'Enter' && !event.shiftKey && submit) send(submit);
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);
