// What this browser keeps. Where it keeps no more, being full or blocked, that is told once, and what is new lasts as long as
// the page is open.

import { announce } from './dom.js';

const spare = { localStorage: new Map(), sessionStorage: new Map() };
let told = false;

export function recall(key, kind = 'localStorage') {
  if (spare[kind].has(key)) return spare[kind].get(key);
  try {
    return window[kind].getItem(key);
  } catch {
    return null;
  }
}

// Gives whether the browser will still have it when the page is closed.
export function hold(key, text, kind = 'localStorage') {
  try {
    window[kind].setItem(key, text);
    spare[kind].delete(key);
    return true;
  } catch {
    spare[kind].set(key, text);
    if (!told) announce('This browser keeps no more: its storage is full or blocked. What you write lasts until you close this page.');
    told = true;
    return false;
  }
}

export function forget(key, kind = 'localStorage') {
  spare[kind].delete(key);
  try {
    window[kind].removeItem(key);
  } catch {
    // Nothing was kept there.
  }
}

export function keysFrom(prefix) {
  let kept = [];
  try {
    kept = Object.keys(window.localStorage);
  } catch {
    // Nothing is kept there.
  }
  return [...new Set([...kept, ...spare.localStorage.keys()])].filter((key) => key.startsWith(prefix));
}
