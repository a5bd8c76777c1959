import { expect, test } from 'vitest';
import type { NotificationView } from '@/api';
import { placeOf } from './notifications';

test('news of money leads to the page that helps', () => {
  const place = (kind: NotificationView['kind']) => placeOf('acme', { kind } as NotificationView);
  expect(place('credit.low')).toBe('/w/acme/settings/credits');
  expect(place('invoice.issued')).toBe('/w/acme/settings/invoices');
  expect(place('trial.ending')).toBe('/w/acme/settings/plan');
  expect(place('ownership.transferred')).toBe('/w/acme/settings/general');
});
