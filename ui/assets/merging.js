// Turns of one conversation that two tabs went on with: what either added is kept, what either took away is gone.

// As many as the server reads (ui/memory.py); older ones fall away.
export const MOST = 50;

export const nameOfTurn = ({ message, standalone, status, seconds }) => JSON.stringify([message, standalone, status, seconds]);

export const namesOf = (turns) => turns.map(nameOfTurn);

export const alike = (some, others) => JSON.stringify(some) === JSON.stringify(others);

// Those of `turns` that are not among `others`; each of `others` takes one away.
export function without(turns, others) {
  const left = namesOf(others);
  return turns.filter((turn) => {
    const place = left.indexOf(nameOfTurn(turn));
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}

// `kept` is what the browser keeps, `before` what this tab had of it, `now` what has become of that here.
export function joined(kept, before, now) {
  if (alike(kept, before)) return now;
  return [...without(kept, without(before, now)), ...without(now, before)].slice(-MOST);
}
