import { expect, it } from 'vitest';
import { draftOf, putDraft, saveDraft, textOf } from './drafts';

const scope = { workspace: 'w', member: 'm' };

it('keeps a text for the customer and one for the team, and knows which was written last', () => {
  saveDraft(scope, 'c', 'reply', 'Dear Gus');
  saveDraft(scope, 'c', 'note', 'He was angry');
  expect(draftOf(scope, 'c')).toMatchObject({ reply: 'Dear Gus', note: 'He was angry', kind: 'note' });
  expect(textOf(draftOf(scope, 'c'))).toBe('He was angry');
  saveDraft(scope, 'c', 'note', '');
  expect(textOf(draftOf(scope, 'c'))).toBe('Dear Gus');
});

it('knows what the server does not have yet', () => {
  saveDraft(scope, 'd', 'reply', 'Half a word');
  expect(draftOf(scope, 'd').unsynced).toBe(true);
  putDraft(scope, 'd', { version: 1, unsynced: false });
  expect(draftOf(scope, 'd')).toMatchObject({ reply: 'Half a word', version: 1, unsynced: false });
});
