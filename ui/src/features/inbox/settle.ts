/**
 * The order to show while the list must not move: what is shown stays where it is, also what has left
 * meanwhile; what came behind its end is appended; what came above waits.
 */
export function settle(shown: string[], actual: string[], leftByMe: ReadonlySet<string>): string[] {
  if (shown.length === 0) return actual;
  const present = new Set(actual);
  const known = new Set(shown);
  const kept = shown.filter((id) => present.has(id) || !leftByMe.has(id));
  const lastKnown = actual.findLastIndex((id) => known.has(id));
  return lastKnown < 0 ? kept : [...kept, ...actual.slice(lastKnown + 1)];
}

/** How many conversations wait above: new ones, and those that became active again. */
export function waitingAbove(shown: string[], actual: string[]): number {
  const present = new Set(actual);
  const top = shown.find((id) => present.has(id));
  return top === undefined ? 0 : actual.indexOf(top);
}
