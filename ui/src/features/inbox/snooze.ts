export type SnoozePreset = 'later' | 'tomorrow' | 'monday' | 'week';

/** The moments a conversation may come back at, as people name them. Mornings are at nine, here. */
export function snoozePresets(now: Date): { preset: SnoozePreset; until: Date }[] {
  const later = new Date(now);
  later.setHours(now.getHours() + 3, 0, 0, 0);
  const presets = [
    // Three hours on, unless that is the middle of the night.
    ...(later.getDate() === now.getDate() && later.getHours() < 21
      ? [{ preset: 'later' as const, until: later }]
      : []),
    { preset: 'tomorrow' as const, until: morning(now, 1) },
    { preset: 'monday' as const, until: morning(now, (8 - now.getDay()) % 7 || 7) },
    { preset: 'week' as const, until: morning(now, 7) },
  ];
  // On a Sunday tomorrow is Monday, and on a Monday next Monday is a week away.
  return presets.filter(
    ({ until }, at) => presets.findIndex((each) => each.until.getTime() === until.getTime()) === at,
  );
}

function morning(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 9);
}
