import { expect, it } from 'vitest';
import type { ChannelView } from '@/api';
import { changesOf, draftOf, faultsOf, settingsOf } from './draft';

const channel: ChannelView = {
  id: 'ch1',
  kind: 'website_chat',
  name: 'Website',
  business_id: 'b1',
  public_key: 'pk_1',
  allowed_origins: ['https://northwind.test'],
  settings: {
    color: '#2b4fcf',
    position: 'right',
    greeting: 'Hello',
    reply_time_hint: '',
    locale: 'auto',
    pre_chat: 'optional',
    show_read_receipts: true,
  },
  identity_secret_set: false,
  created_at: '2026-01-01T10:00:00.000Z',
  last_seen_at: null,
  version: 1,
  can: {},
};
const draft = draftOf(channel);

it('has nothing to save when nothing changed', () => {
  expect(changesOf(channel, draft)).toBeNull();
  expect(changesOf(channel, { ...draft, name: ' Website ', origins: 'northwind.test\n' })).toBeNull();
});

it('sends only what changed', () => {
  expect(changesOf(channel, { ...draft, name: 'Shop' })).toEqual({ name: 'Shop' });
  expect(changesOf(channel, { ...draft, greeting: 'Hi', show_read_receipts: false })).toEqual({
    settings: { greeting: 'Hi', show_read_receipts: false },
  });
  expect(changesOf(channel, { ...draft, origins: '' })).toEqual({ allowed_origins: [] });
});

it('writes addresses and colours as the server wants them', () => {
  const changed = { ...draft, origins: `${draft.origins}\nshop.northwind.test/x`, color: 'FC0' };
  expect(changesOf(channel, changed)).toEqual({
    allowed_origins: ['https://northwind.test', 'https://shop.northwind.test'],
    settings: { color: '#ffcc00' },
  });
});

it('names what cannot be saved', () => {
  expect(faultsOf(draft)).toEqual({});
  expect(faultsOf({ ...draft, name: ' ', origins: 'ftp://a.test', color: '#12' })).toEqual({
    name: [],
    origins: ['ftp://a.test'],
    color: ['#12'],
  });
});

it('shows the old colour while another one is being typed', () => {
  expect(settingsOf({ ...draft, color: '#ff' }, channel).color).toBe('#2b4fcf');
});
