// Citations beside the chat: numbers that lead to their passage, and the list of them.

import { make } from './dom.js';

const placeOf = (citation) => `${citation.guide}:${citation.start}-${citation.end}`;

export function cite(citations, number) {
  const citation = citations.find((one) => one.number === number);
  if (!citation) return '';
  const where = [citation.title, ...citation.section].join(' › ');
  return make('a', { class: 'cite', href: `./#src=${placeOf(citation)}`, title: `Source ${number}: ${where}` }, `[${number}]`);
}

export function drawSources(citations) {
  const items = citations.map((citation) => {
    const told = [citation.dated, citation.country].filter(Boolean).join(' · ');
    const name = [citation.title, citation.section.at(-1)].filter(Boolean).join(' › ');
    return make('li', {}, cite(citations, citation.number), ' ', name, told ? ` · ${told}` : '');
  });
  return make('details', { class: 'sources' }, make('summary', {}, `Sources (${citations.length})`), make('ul', {}, ...items));
}
