import type { Messages } from '@lingui/core';
import { expect, it } from 'vitest';

const catalogues = import.meta.glob<Messages>('../locales/es/*.po', { eager: true, import: 'messages' });

// Catalogues are put over one another as their screens are opened: of two translations the one read last would win.
it('translates a text the same in every catalogue; where it means something else it has a context', () => {
  const translations = new Map<string, Set<string>>();
  for (const [id, message] of Object.values(catalogues).flatMap(Object.entries<Messages[string]>))
    translations.set(id, (translations.get(id) ?? new Set()).add(JSON.stringify(message)));
  expect([...translations.values()].filter(({ size }) => size > 1)).toEqual([]);
  expect(translations.size).toBeGreaterThan(0);
});
