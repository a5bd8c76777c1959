// Forms with brackets: `items[0][price]=…` becomes { items: [{ price: … }] }.

import { invalid } from './store.mjs';

export function parse(text) {
  const root = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split(/[[\]]+/u).filter((part, at) => at === 0 || part !== '');
    if (name.endsWith('[]')) path.push('+');
    place(root, path, value);
  }
  return arrays(root);
}

function place(at, [name, ...rest], value) {
  const key = name === '+' ? String(Object.keys(at).length) : name;
  if (rest.length === 0) at[key] = value;
  else place((at[key] ??= {}), rest, value);
}

/** Stripe's limits: fifty values of metadata, named in up to forty characters, of up to five hundred each. */
export function checkMetadata(given) {
  for (const [name, value] of Object.entries(given)) {
    if (value === null || typeof value !== 'object') continue;
    if (name === 'metadata') {
      const entries = Object.entries(value);
      if (entries.length > 50) throw invalid('Metadata can have up to 50 keys.', { param: 'metadata' });
      for (const [key, text] of entries) {
        if (key.length > 40) throw invalid('Metadata keys can have up to 40 characters.', { param: `metadata[${key}]` });
        if (text.length > 500) throw invalid('Metadata values can have up to 500 characters.', { param: `metadata[${key}]` });
      }
    } else checkMetadata(value);
  }
}

/** What was numbered from 0 on is a list. */
function arrays(value) {
  if (typeof value !== 'object') return value;
  const keys = Object.keys(value);
  const isList = keys.length > 0 && keys.every((key, at) => key === String(at));
  const inner = keys.map((key) => arrays(value[key]));
  return isList ? inner : Object.fromEntries(keys.map((key, at) => [key, inner[at]]));
}

export const number = (value) => (value === undefined || value === '' ? null : Number(value));
export const flag = (value) => value === 'true' || value === true;

/** What is set to nothing is taken away, what is not named stays. */
export function merged(old, given) {
  const all = { ...old, ...given };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}
