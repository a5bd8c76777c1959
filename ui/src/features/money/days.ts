const DAY = 24 * 60 * 60 * 1000;

/** How many days are left until a moment, the one that runs counted whole; never below zero. */
export const daysUntil = (iso: string, now: number) => Math.max(0, Math.ceil((Date.parse(iso) - now) / DAY));
