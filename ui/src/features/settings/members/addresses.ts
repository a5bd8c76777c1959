/** The addresses in what a person types or pastes: between blanks, commas or semicolons, with names around or not. */
export function parseAddresses(text: string): string[] {
  const found = text
    .split(/[\s,;]+/)
    .map((word) => word.replace(/^<|>$/g, ''))
    .filter((word) => word.includes('@'));
  const unique = new Map(found.map((address) => [address.toLowerCase(), address]));
  return [...unique.values()];
}
