// The roadmap: the steps to the person's goal as a checklist, each with its sources; drawn anew when the person changes.

import { announce, button, getJson, make, postJson, postText, saveFile } from './dom.js';
import { addView, follow, redraw } from './panel.js';
import { addTrait, fits, profile } from './person.js';
import { cite, drawSources } from './sources.js';
import { hold, recall } from './storage.js';

const KEY = 'advisor.ticks';

function ticks() {
  try {
    return JSON.parse(recall(KEY)) || {};
  } catch {
    return {};
  }
}

function tick(title, done) {
  hold(KEY, JSON.stringify({ ...ticks(), [title]: done }));
  follow();
}

const wanted = () => ({ profile: profile(), ticks: ticks() });

function said(sentence, all) {
  return [sentence.text, ...sentence.citations.map((number) => cite(all, number))];
}

const from = (sentence, all) => all.find((citation) => sentence.citations.includes(citation.number))?.title;

function drawPart(name, sentences = [], all, named = false) {
  if (!sentences.length) return null;
  const items = sentences.map((sentence) => make('li', {}, ...said(sentence, all), named ? make('small', {}, from(sentence, all) || '') : ''));
  return make('div', { class: 'part' }, make('h4', {}, name), make('ul', {}, ...items));
}

function drawReason(reason, all) {
  const words = reason.words ? [' ', make('q', {}, reason.words)] : [];
  return make('p', { class: 'reason' }, reason.text, ...words, ...reason.citations.map((number) => cite(all, number)));
}

function drawStep(step, all) {
  const box = make('input', { type: 'checkbox', id: `step-${step.number}` });
  box.checked = step.status === 'done';
  box.addEventListener('change', () => tick(step.title.text, box.checked));
  const name = make('label', { for: `step-${step.number}` }, step.title.text);
  const head = make('div', { class: 'head' }, box, make('div', {}, make('h3', {}, name, ...step.title.citations.map((number) => cite(all, number))),
    drawReason(step.reason, all)), step.status === 'next' ? make('span', { class: 'chip' }, 'Next') : '');
  const parts = [
    drawPart('What to do', step.says, all),
    drawPart('How long it takes', step.time, all),
    drawPart('What it costs', step.cost, all),
    drawPart('For you', step.for_you, all),
    drawPart('The guides disagree', step.disagreement, all, true),
    drawPart('Other guides add', step.others, all, true),
    step.gaps?.length ? make('p', { class: 'gaps' }, step.gaps.join(' ')) : null,
  ].filter(Boolean);
  const details = parts.length ? make('details', { open: step.status === 'next' }, make('summary', {}, 'What the guides say'), ...parts) : '';
  return make('li', { class: `step ${step.status}` }, head, details);
}

async function download(form, name, type) {
  try {
    const text = await postText(`api/roadmap?form=${form}`, wanted());
    saveFile(text, name, type);
    if (form === 'calendar' && !text.includes('BEGIN:VEVENT')) announce('The guides give these steps no time: the file holds them as tasks without dates.');
  } catch (error) {
    announce(`The download did not work. ${error.message}`);
  }
}

function drawTools(goal, goals) {
  const change = button('Change goal', 'Change goal', () => changeGoal(tools, goal, goals));
  const tools = make('div', { class: 'actions tools' },
    goals.length > 1 ? change : '',
    button('Markdown', 'Download the roadmap as Markdown', () => download('markdown', 'roadmap.md', 'text/markdown')),
    button('Calendar', 'Download the roadmap as a calendar file', () => download('calendar', 'roadmap.ics', 'text/calendar')),
    button('Print', 'Print the roadmap', () => window.print()));
  return tools;
}

// A field for a goal; `goals` are offered while one types, and any other can be typed.
function drawGoal(goals, goal = '') {
  const field = make('input', { type: 'text', 'aria-label': 'What you would like to become', placeholder: 'Your goal', required: true, autocomplete: 'off', list: goals.length ? 'goals' : null });
  field.value = goal;
  const offered = goals.length ? make('datalist', { id: 'goals' }, ...goals.map((value) => make('option', { value }))) : '';
  const made = make('form', { class: 'line' }, field, offered, make('button', { type: 'submit', class: 'main' }, 'Show the way'));
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!fits(field)) return;
    const wanted = field.value.trim();
    if (wanted === goal) redraw('#roadmap');
    else addTrait('goal', wanted);
  });
  return made;
}

function changeGoal(tools, goal, goals) {
  const made = drawGoal(goals, goal);
  made.append(button('Cancel', 'Cancel', () => redraw('#roadmap')));
  tools.replaceChildren(made);
  made.querySelector('input').select();
}

function drawProgress(steps) {
  const done = steps.filter((step) => step.status === 'done').length;
  const words = `${done} of ${steps.length} steps done`;
  return make('div', { class: 'progress' }, make('progress', { max: steps.length, value: done, 'aria-label': words }), make('span', {}, words));
}

function drawRest(found) {
  const all = found.citations;
  return [
    drawPart('For you', found.for_you, all),
    found.gaps?.length ? make('p', { class: 'gaps' }, found.gaps.join(' ')) : null,
  ].filter(Boolean);
}

async function view() {
  const [found, goals] = await Promise.all([postJson('api/roadmap', wanted()), getJson('api/goals')]);
  if (!found.steps.length) {
    const why = make('p', { class: 'none' }, found.gaps.join(' ') || 'Tell me what you would like to become, and I will lay out the steps that the guides describe.');
    return { heading: 'Roadmap', about: [], children: [why, drawGoal(goals)] };
  }
  return {
    heading: found.goal ? `Your way: ${found.goal}` : 'Your way',
    about: [found.why],
    children: [drawProgress(found.steps), drawTools(found.goal, goals), make('ol', { class: 'steps' }, ...found.steps.map((step) => drawStep(step, found.citations))),
      ...drawRest(found), drawSources(found.citations)],
  };
}

// On paper nothing can be unfolded.
let folded = [];
window.addEventListener('beforeprint', () => {
  folded = [...document.querySelectorAll('#reader details:not([open])')];
  for (const one of folded) one.open = true;
});
window.addEventListener('afterprint', () => {
  for (const one of folded) one.open = false;
});

addView('#roadmap', view);
