import { expect, it } from 'vitest';
import { message } from '@/test/fixtures';
import { toEntries } from './entries';

const at = (text: string) => new Date(text).toISOString();
const kinds = (entries: ReturnType<typeof toEntries>) =>
  entries.map((entry) =>
    entry.kind === 'message' ? `${entry.message.seq}${entry.last ? '.' : ''}` : entry.kind,
  );

it('starts each day with its name', () => {
  const thread = [
    message({ seq: 1, sent_at: at('2026-01-01T23:59:00') }),
    message({ seq: 2, sent_at: at('2026-01-02T00:01:00') }),
  ];
  expect(kinds(toEntries(thread, null))).toEqual(['day', '1.', 'day', '2.']);
});

it('draws one line where reading stopped', () => {
  const thread = [1, 2, 3].map((seq) => message({ seq, sent_at: at('2026-01-01T10:00:00') }));
  expect(kinds(toEntries(thread, 1))).toEqual(['day', '1.', 'new', '2', '3.']);
  expect(kinds(toEntries(thread, 3))).toEqual(['day', '1', '2', '3.']);
});

it('joins the messages of one turn', () => {
  const member = { kind: 'member', id: 'm1', name: 'Ann' } as const;
  const thread = [
    message({ seq: 1, sent_at: at('2026-01-01T10:00:00') }),
    message({ seq: 2, sent_at: at('2026-01-01T10:01:00') }),
    message({ seq: 3, sent_at: at('2026-01-01T10:02:00'), direction: 'outbound', author: member }),
    message({ seq: 4, sent_at: at('2026-01-01T10:30:00'), direction: 'outbound', author: member }),
  ];
  expect(kinds(toEntries(thread, null))).toEqual(['day', '1', '2.', '3.', '4.']);
});
