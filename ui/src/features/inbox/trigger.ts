/** A sign in the text that asks for a list to choose from, and what was typed after it. */
export interface Trigger {
  sign: '@' | '/';
  query: string;
  /** Where the sign stands, and where what belongs to it ends. */
  from: number;
  to: number;
}

/** Names have spaces; a query goes on over one as long as it may still be a name. */
const LONGEST = 40;

/** The sign before the caret that starts a word, unless the line or what may belong to it has ended. */
export function triggerAt(text: string, caret: number): Trigger | null {
  const before = text.slice(Math.max(0, caret - LONGEST), caret);
  const found = /(?:^|[\s(])([@/])([^\s@/]*(?: [^\s@/]*)?)$/u.exec(before);
  if (!found) return null;
  const [, sign, query] = found as unknown as [string, '@' | '/', string];
  // A shortcut has no space; a space after the bare sign ends the matter.
  if (query.startsWith(' ') || (sign === '/' && query.includes(' '))) return null;
  return { sign, query, from: caret - query.length - 1, to: caret };
}
