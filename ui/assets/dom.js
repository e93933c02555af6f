// Elements made with text only: nothing that a guide or a person wrote is ever parsed as HTML. And talk with the server.

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value == null) continue;
    element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

export function button(words, label, act) {
  const made = make('button', { type: 'button', 'aria-label': label === words ? null : label }, words);
  made.addEventListener('click', act);
  return made;
}

// Fills a field of the framework's, so that it notices.
export function fill(field, text) {
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

const root = new URL('../../', import.meta.url);

export function address(path) {
  return new URL(path, root);
}

export async function ask(path, options) {
  let response;
  try {
    response = await fetch(address(path), options);
  } catch {
    throw new Error('The advisor cannot be reached. Is it still running, and are you online?');
  }
  if (!response.ok) {
    const told = await response.json().catch(() => ({}));
    throw new Error(typeof told.detail === 'string' ? told.detail : `The server answered ${response.status}.`);
  }
  return response;
}

const posted = (value) => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) });

export const getJson = async (path) => (await ask(path)).json();
export const post = (path, value) => ask(path, posted(value));
export const postJson = async (path, value) => (await post(path, value)).json();
export const postText = async (path, value) => (await post(path, value)).text();

export function saveFile(text, name, type) {
  const link = make('a', { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// Here from the start: what is told in a place that comes with it, screen readers may not tell.
const toast = document.body.appendChild(make('div', { id: 'toast', role: 'status' }));

export function announce(words) {
  toast.textContent = words;
  toast.classList.add('shown');
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => toast.classList.remove('shown'), 4000);
}
