/** A text without case and accents, with every character still in its place. */
export function fold(text: string): string {
  return Array.from(text, (char) => {
    const plain = char
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
      .toLowerCase();
    return plain.length === char.length
      ? plain
      : char.toLowerCase().padEnd(char.length).slice(0, char.length);
  }).join('');
}

/** Cuts a text into parts, those that begin a word with one of the searched words marked. */
export function markParts(text: string, words: string): { text: string; hit: boolean }[] {
  const folded = fold(text);
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  const hits: [number, number][] = [];
  for (const word of wanted) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      const startsWord = at === 0 || !/[\p{L}\p{N}]/u.test(folded[at - 1] ?? '');
      if (startsWord) hits.push([at, at + word.length]);
    }
  }
  hits.sort(([a], [b]) => a - b);
  const parts: { text: string; hit: boolean }[] = [];
  let end = 0;
  for (const [from, to] of hits) {
    if (from < end) continue;
    if (from > end) parts.push({ text: text.slice(end, from), hit: false });
    parts.push({ text: text.slice(from, to), hit: true });
    end = to;
  }
  if (end < text.length) parts.push({ text: text.slice(end), hit: false });
  return parts;
}
