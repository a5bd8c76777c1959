/** What a list holds now, in its order. */
type Ids = Pick<ReadonlySet<string>, 'has' | 'keys'>;

/**
 * The order to show while the list must not move: what is shown stays where it is, also what has left
 * meanwhile; what came behind its end is appended; what came above waits.
 */
export function settle(shown: string[], actual: Ids, leftByMe: ReadonlySet<string>): string[] {
  const order = [...actual.keys()];
  if (shown.length === 0) return order;
  const known = new Set(shown);
  const kept = shown.filter((id) => actual.has(id) || !leftByMe.has(id));
  const lastKnown = order.findLastIndex((id) => known.has(id));
  return lastKnown < 0 ? kept : [...kept, ...order.slice(lastKnown + 1)];
}

/** How many conversations wait above: new ones, and those that became active again. */
export function waitingAbove(shown: string[], actual: Ids): number {
  const top = shown.find((id) => actual.has(id));
  return top === undefined ? 0 : [...actual.keys()].indexOf(top);
}
