import type { AuditEventsListData } from '@/api';

export const outcomes = ['done', 'denied', 'read'] as const;
export type Outcome = (typeof outcomes)[number];

/** What the log is narrowed to, as it stands in the address: the days are those of whoever looks. */
export interface AuditSearch {
  person?: string;
  kind?: string;
  outcome?: Outcome;
  from?: string;
  to?: string;
}

type Query = NonNullable<AuditEventsListData['query']>;

const text = (value: unknown, shape: RegExp) =>
  typeof value === 'string' && shape.test(value) ? value : undefined;

const day = /^\d{4}-\d{2}-\d{2}$/;

/** What of an address makes sense; the rest is left out. */
export function auditSearch(search: Record<string, unknown>): AuditSearch {
  const found = {
    person: text(search.person, /^[0-9a-f-]{36}$/),
    kind: text(search.kind, /^[a-z_]+\.[a-z_]+$/),
    outcome: outcomes.find((each) => each === search.outcome),
    from: text(search.from, day),
    to: text(search.to, day),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** The same for the server, which knows moments instead of days. */
export function auditQuery({ person, kind, outcome, from, to }: AuditSearch): Query {
  return {
    ...(person && { actor_id: person }),
    ...(kind && { kind }),
    ...(outcome && { outcome }),
    ...(from && { from: midnight(from, 0) }),
    ...(to && { to: midnight(to, 1) }),
  };
}

/** The beginning of a day here, or of one after it. */
function midnight(date: string, after: number): string {
  const [year = 0, month = 1, of = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, of + after).toISOString();
}
