import { expect, it } from 'vitest';
import { can } from './can';

it('allows what the server allows', () => {
  expect(can({ can: { 'channel.manage': true } }, 'channel.manage')).toEqual({ allowed: true, reason: null });
});

it('refuses with the reason the server gave', () => {
  expect(can({ can: { 'channel.manage': 'seat_type' } }, 'channel.manage')).toEqual({
    allowed: false,
    reason: 'seat_type',
  });
});

it('refuses what nobody told it about', () => {
  expect(can({ can: {} }, 'channel.manage').allowed).toBe(false);
  expect(can(undefined, 'channel.manage').allowed).toBe(false);
});
