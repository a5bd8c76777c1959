import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { Meter } from './Meter';

afterEach(cleanup);

const shown = (used: number, limit: number | null) => {
  const { container } = render(
    <I18nProvider i18n={i18n}>
      <Meter label="Seats" used={used} limit={limit} />
    </I18nProvider>,
  );
  const tone = container.querySelector('[data-tone]')?.getAttribute('data-tone');
  return [container.textContent, tone ?? null];
};

it('warns at 80, 95 and 100 percent, in words too', () => {
  expect(shown(79, 100)).toEqual(['Seats79 of 100', null]);
  expect(shown(80, 100)).toEqual(['Seats80 of 10080 % used', 'warn']);
  expect(shown(95, 100)).toEqual(['Seats95 of 100almost all used', 'danger']);
  expect(shown(100, 100)).toEqual(['Seats100 of 100all used', 'danger']);
  expect(shown(103, 100)).toEqual(['Seats103 of 1003 too many', 'danger']);
});

it('says of what has no limit how much of it there is', () => {
  expect(shown(7, null)).toEqual(['Seats7, no limit', null]);
  expect(shown(0, 0)).toEqual(['Seats0 of 0', null]);
});
