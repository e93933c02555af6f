// Adding guides of one's own, where the server was started so: what is being done, what was read, what was left out and why.

import { announce, ask, button, make } from './dom.js';
import { follow } from './panel.js';

const allowed = () => document.querySelector('meta[name="advisor-uploads"]')?.content === 'on';
const KINDS = '.md,.markdown,.txt,.html,.htm,.pdf,.docx';
const report = make('ul', { class: 'report', 'aria-live': 'polite' });

export function drawRemoving(guide) {
  if (!allowed() || !guide.path.startsWith('added/')) return '';
  return make('div', { class: 'actions' }, button('Remove', `Remove “${guide.title}”`, () => remove(guide)));
}

async function remove(guide) {
  try {
    await ask(`api/uploads/${guide.id}`, { method: 'DELETE' });
    announce(`Removed “${guide.title}”.`);
  } catch (error) {
    announce(error.message);
  }
  follow();
}

export function drawAdding() {
  if (!allowed()) return '';
  const field = make('input', { type: 'file', multiple: true, accept: KINDS, id: 'guide-files' });
  field.addEventListener('change', () => addAll([...field.files]));
  const zone = make('div', { class: 'drop' },
    make('label', { for: 'guide-files' }, make('strong', {}, 'Add your own guides'), make('span', {}, 'Drop files here or choose them: Markdown, text, HTML, PDF or DOCX. Everyone who uses this advisor will see them.')), field);
  zone.addEventListener('dragover', (event) => {
    event.preventDefault();
    zone.classList.add('over');
  });
  zone.addEventListener('dragleave', () => zone.classList.remove('over'));
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    zone.classList.remove('over');
    addAll([...event.dataTransfer.files]);
  });
  return make('div', { class: 'adding-guides' }, zone, report);
}

// What is dropped beside the place for it would be opened in the place of this page.
for (const kind of ['dragover', 'drop']) {
  window.addEventListener(kind, (event) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'none';
  });
}

async function addAll(files) {
  for (const file of files) await add(file);
  follow();
}

async function add(file) {
  const bar = make('progress', { max: 1, 'aria-label': `Adding ${file.name}` });
  const words = make('span', {}, 'Sending …');
  const item = make('li', {}, make('strong', {}, file.name), bar, words);
  report.prepend(item);
  try {
    const last = await send(file, ({ doing, done, of }) => {
      words.textContent = `${doing[0].toUpperCase()}${doing.slice(1)}: ${done} of ${of}`;
      bar.max = of || 1;
      bar.value = done;
    });
    if (last.error) throw new Error(last.error);
    item.replaceChildren(make('strong', {}, file.name), ...drawRead(last.added, file.name));
  } catch (error) {
    item.classList.add('failed');
    item.replaceChildren(make('strong', {}, file.name), make('span', {}, `Not added. ${error.message}`));
  }
}

// A folder can be dropped like a file, and a file may be gone or closed to this browser; to the network all look alike.
async function check(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    throw new Error('It cannot be read here. If it is a folder, choose the files in it.');
  }
}

async function send(file, tell) {
  await check(file);
  const response = await ask(`api/uploads?name=${encodeURIComponent(file.name)}`, { method: 'POST', body: file, headers: { 'content-type': 'application/octet-stream' } });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let [text, last] = ['', { error: 'The connection broke. Please try again.' }];
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const lines = (text + read.value).split('\n');
    text = lines.pop();
    for (const line of lines.filter(Boolean).map((one) => JSON.parse(one))) {
      if (line.doing) tell(line);
      else last = line;
    }
  }
  return last;
}

const NAMES = {
  paragraph: ['paragraph', 'paragraphs'],
  list: ['list', 'lists'],
  step: ['step', 'steps'],
  faq: ['question with its answer', 'questions with answers'],
  row: ['table row', 'table rows'],
};
const count = (number, [one, many]) => `${number} ${number === 1 ? one : many}`;

// What frames a web page falls away before it is read as a guide.
const nothingLeft = (name) => (/\.html?$/i.test(name) ? 'Menus, forms and whatever else frames the web page were not read; nothing of the rest was left out.' : 'Nothing was left out.');

function drawRead(added, name) {
  const kinds = Object.entries(added.passages).map(([kind, number]) => count(number, NAMES[kind] || [kind, kind]));
  const told = [count(added.sections, ['section', 'sections']), ...kinds, count(added.figures, ['figure', 'figures'])].join(', ');
  const lead = make('span', {}, `${added.replaced ? 'Replaced' : 'Added'} as “${added.title}”. Read: ${told}.`);
  if (!added.left_out.length) return [lead, make('span', {}, nothingLeft(name))];
  const reasons = added.left_out.map(({ reason, places }) => `${reason} (${places})`).join(', ');
  const items = added.excerpts.map(({ reason, words }) => make('li', {}, make('q', {}, words), ` — ${reason}`));
  return [lead, make('details', {}, make('summary', {}, `Left out: ${reasons}`), make('ul', {}, ...items))];
}
