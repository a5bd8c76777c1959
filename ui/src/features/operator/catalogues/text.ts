/** Where a line, counted from 1, begins and ends in a text. */
export function lineOf(text: string, line: number): [start: number, end: number] {
  const before = text.split('\n').slice(0, line - 1);
  const start = before.reduce((sum, each) => sum + each.length + 1, 0);
  const end = text.indexOf('\n', start);
  return [start, end < 0 ? text.length : end];
}

/** The same catalogue as its own next version. */
export const nextVersion = (text: string) =>
  text.replace(
    /^(version\s*=\s*)(\d+)/m,
    (_, name: string, version: string) => `${name}${Number(version) + 1}`,
  );
