/**
 * The words of what a person types or pastes, between blanks, commas or semicolons. Of a list from a mail program, as in
 * `Ann Hargrove <ann@a.test>`, the addresses alone; what is no address stays where nothing else was given.
 */
export function parseWords(text: string): string[] {
  const words = text
    .split(/[\s,;]+/)
    .map((word) => word.replace(/^<|>$/g, ''))
    .filter(Boolean);
  const addresses = words.filter(isAddress);
  const unique = new Map(
    (addresses.length > 0 ? addresses : words).map((word) => [word.toLowerCase(), word]),
  );
  return [...unique.values()];
}

/** Whether a word looks like an address; the server decides. */
export const isAddress = (word: string): boolean => /^[^@]+@[^@]+$/.test(word);
