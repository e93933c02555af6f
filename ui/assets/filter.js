// A field that leaves of a list what holds the words that are typed, and says so where nothing does.

import { make } from './dom.js';

// `find` takes words in small letters, shows what holds them, and gives how many do; `what` names one that is not found.
export function drawFilter(label, what, find) {
  const field = make('input', { type: 'search', placeholder: label, 'aria-label': label });
  const none = make('p', { class: 'none', role: 'status' });
  field.addEventListener('input', () => {
    const wanted = field.value.trim();
    none.textContent = find(wanted.toLowerCase()) ? '' : `${what} has “${wanted}” in its words.`;
  });
  return [field, none];
}
