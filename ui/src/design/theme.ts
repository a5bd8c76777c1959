import { createStore } from './store';

export type Theme = 'system' | 'light' | 'dark';

/** The inline script in index.html reads the same key, before the first paint. */
const STORED = 'guildhall.theme';

export const theme = createStore<Theme>(stored());

export function setTheme(next: Theme) {
  theme.set(next);
  if (next === 'system') {
    localStorage.removeItem(STORED);
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem(STORED, next);
    document.documentElement.dataset.theme = next;
  }
}

function stored(): Theme {
  const value = localStorage.getItem(STORED);
  return value === 'light' || value === 'dark' ? value : 'system';
}
