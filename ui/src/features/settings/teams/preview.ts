export type Strategy = 'round_robin' | 'load_balanced' | 'manual';

/** What decides who is next. */
export interface Candidate {
  id: string;
  name: string;
  /** Whether they could take one: here, at work, and allowed to. */
  eligible: boolean;
  load: number;
  /** Null takes as many as come. */
  capacity: number | null;
  last_assigned_at: string | null;
}

export interface Turn {
  /** Nobody, when the conversation would wait in the queue. */
  chosen: Candidate | null;
}

/**
 * To whom the next conversations would go, as the server decides it (E5): nobody away, nobody above their capacity.
 * Round robin starts after the one who had the last turn.
 */
export function nextTurns(
  strategy: Strategy,
  members: Candidate[],
  cursor: string | null,
  turns: number,
): Turn[] {
  let ring = members.map((member) => ({ ...member }));
  let last = cursor;
  return Array.from({ length: turns }, () => {
    const eligible = (member: Candidate) =>
      member.eligible && (member.capacity === null || member.load < member.capacity);
    const chosen = choose(strategy, ring, last, eligible);
    if (!chosen) return { chosen: null };
    last = chosen.id;
    ring = ring.map((member) =>
      member.id === chosen.id ? { ...member, load: member.load + 1, last_assigned_at: NOW } : member,
    );
    return { chosen };
  });
}

/** Later than every moment that has passed. */
const NOW = '9';

function choose(
  strategy: Strategy,
  ring: Candidate[],
  last: string | null,
  eligible: (member: Candidate) => boolean,
): Candidate | undefined {
  if (strategy === 'manual') return undefined;
  if (strategy === 'round_robin') {
    const after = ring.findIndex((member) => member.id === last) + 1;
    return [...ring.slice(after), ...ring.slice(0, after)].find(eligible);
  }
  return ring
    .filter(eligible)
    .sort((a, b) => a.load - b.load || (a.last_assigned_at ?? '').localeCompare(b.last_assigned_at ?? ''))[0];
}
