// Elements made with text only: nothing that a guide or a person wrote is ever parsed as HTML.

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value == null) continue;
    element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

const root = new URL('../../', import.meta.url);

export function address(path) {
  return new URL(path, root);
}

export async function getJson(path) {
  const response = await fetch(address(path));
  if (!response.ok) {
    const told = await response.json().catch(() => ({}));
    throw new Error(told.detail || `The server answered ${response.status}.`);
  }
  return response.json();
}

export function announce(words) {
  const toast = document.querySelector('#toast') || document.body.appendChild(make('div', { id: 'toast', role: 'status' }));
  toast.textContent = words;
  toast.classList.add('shown');
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => toast.classList.remove('shown'), 2600);
}
