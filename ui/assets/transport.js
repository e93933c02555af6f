// A question and its answer in one request, so that any copy of the server behind a proxy can answer it (ui/transport.py).
// The framework's client asks twice: for a number, then for what comes of it. Both are answered here from the one request.

const JOIN = '/gradio_api/queue/join';
const DATA = '/gradio_api/queue/data';
const CANCEL = '/gradio_api/cancel';
const RESET = '/gradio_api/reset';
const RUN = '/gradio_api/run/predict';

const send = window.fetch.bind(window);
const running = new Map();
const encoder = new TextEncoder();
const broken = [];
const answered = [];
let outlet = null;
let kept = [];
let runs = 0;

function tell(message) {
  const bytes = encoder.encode(`data: ${JSON.stringify(message)}\n\n`);
  if (outlet) outlet.enqueue(bytes);
  else kept.push(bytes);
}

async function* messages(body) {
  let text = '';
  for await (const piece of chunks(body.pipeThrough(new TextDecoderStream()))) {
    const parts = (text + piece).split('\n\n');
    text = parts.pop();
    for (const part of parts) if (part.startsWith('data: ')) yield JSON.parse(part.slice(6));
  }
}

async function* chunks(stream) {
  const reader = stream.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
}

async function pass(event, body) {
  let ended = false;
  try {
    for await (const message of messages(body)) {
      if (message.msg === 'close_stream' || !running.has(event)) continue;
      if (message.msg === 'unexpected_error') break;
      ended ||= message.msg === 'process_completed';
      if (ended && message.success) for (const act of answered) act(message.output.data);
      tell(message);
    }
  } catch {
    // The connection broke, or the person stopped the answer.
  }
  if (!running.delete(event) || ended) return;
  tell({ msg: 'process_completed', event_id: event, output: { error: null }, success: false });
  breakOff();
}

function breakOff() {
  for (const act of broken) act();
}

// What to do when an answer ends before it is whole.
export function onBroken(act) {
  broken.push(act);
}

// What to do with what an answer leaves in the page's parts (Shown in ui/page.py), before it stands there.
export function onAnswered(act) {
  answered.push(act);
}

// Whether an answer is on its way.
export const isAnswering = () => running.size > 0;

// How many requests were made that no queue stands before.
export const runsMade = () => runs;

async function join(input, init) {
  const stop = new AbortController();
  let response;
  try {
    response = await send(input, { ...init, signal: stop.signal });
  } catch (error) {
    breakOff();
    throw error;
  }
  const event = response.headers.get('x-event-id');
  if (!response.ok) breakOff();
  if (!event) return response;
  running.set(event, stop);
  pass(event, response.body);
  return Response.json({ event_id: event });
}

function listen() {
  let own = null;
  const stream = new ReadableStream({
    start(controller) {
      own = outlet = controller;
      for (const bytes of kept) controller.enqueue(bytes);
      kept = [];
    },
    cancel() {
      if (outlet === own) outlet = null;
    },
  });
  return new Response(stream, { headers: { 'content-type': 'text/event-stream' } });
}

// Hanging up stops the work at the copy that does it, which no second request could be sure to reach.
function cancel(init) {
  const { event_id: event } = JSON.parse(init.body);
  const stop = running.get(event);
  running.delete(event);
  stop?.abort();
  return Response.json({ success: true });
}

window.fetch = async (input, init = {}) => {
  const path = new URL(input instanceof Request ? input.url : input, location.href).pathname;
  if (path.endsWith(JOIN)) return join(input, init);
  if (path.endsWith(DATA)) return listen();
  if (path.endsWith(CANCEL)) return cancel(init);
  if (path.endsWith(RUN)) runs += 1;
  if (path.endsWith(RESET)) return Response.json({});
  return send(input, init);
};
