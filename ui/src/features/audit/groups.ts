import type { AuditEventView } from '@/api';
import { sameDay } from '@/i18n/time';

/** A change with what followed from it in the same moment. */
export interface Happening {
  event: AuditEventView;
  /** First to last. */
  parts: AuditEventView[];
  /** The same right before it, newest first. */
  again: AuditEventView[];
}

export interface Day {
  /** A moment of it. */
  at: string;
  happenings: Happening[];
}

export const keyOf = (event: AuditEventView) => `${event.chain} ${event.seq}`;

/**
 * Puts what belongs to one change together, what happened several times in a row into one, and all of it under its day;
 * the list comes newest first. A part whose change is not in the list stands for itself.
 */
export function byDay(events: AuditEventView[]): Day[] {
  const days: Day[] = [];
  for (const happening of happenings(events)) {
    const { event } = happening;
    const day = days.at(-1);
    const last = day?.happenings.at(-1);
    if (!day || !sameDay(day.at, event.at)) days.push({ at: event.at, happenings: [happening] });
    else if (last && isSame(last, happening)) last.again.push(event);
    else day.happenings.push(happening);
  }
  return days;
}

function happenings(events: AuditEventView[]): Happening[] {
  const whole = (event: AuditEventView): Happening => ({ event, parts: [], again: [] });
  const all = new Map(events.map((event) => [keyOf(event), whole(event)]));
  return events.flatMap((event) => {
    const own = all.get(keyOf(event));
    const parent = event.parent_seq === null ? undefined : all.get(`${event.chain} ${event.parent_seq}`);
    if (!parent) return own ?? [];
    parent.parts.unshift(event);
    return [];
  });
}

/** Whether two say the same, so that it is enough to say it once and how often. */
function isSame(one: Happening, other: Happening): boolean {
  const said = ({ event: { kind, actor, subject, permission, detail, api_key } }: Happening) =>
    JSON.stringify([kind, actor.kind, actor.id, subject.kind, subject.id, permission, detail.code, api_key]);
  return [one, other].every(isPlain) && said(one) === said(other);
}

const isPlain = ({ event: { before, after, detail }, parts }: Happening) =>
  !before && !after && parts.length === 0 && !('from' in detail) && !('suppressed' in detail);
