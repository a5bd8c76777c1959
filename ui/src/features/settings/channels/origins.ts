export interface Origins {
  origins: string[];
  /** What was typed and is no origin. */
  rejected: string[];
}

/** The origin of what a person types or pastes: a bare host means https, a path is dropped. */
function toOrigin(text: string): string | null {
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
    return /^https?:$/.test(url.protocol) && url.hostname ? url.origin : null;
  } catch {
    return null;
  }
}

/** One address per line or between commas; repeated ones count once. */
export function parseOrigins(text: string): Origins {
  const typed = text.split(/[\s,]+/).filter(Boolean);
  const found = typed.map((entry) => ({ entry, origin: toOrigin(entry) }));
  return {
    origins: [...new Set(found.flatMap(({ origin }) => origin ?? []))],
    rejected: found.filter(({ origin }) => !origin).map(({ entry }) => entry),
  };
}
