/** Looks again until there is something to see, and gives that back. */
export async function eventually(what, look, patience = 10_000) {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    const found = await look();
    if (found) return found;
    await new Promise((again) => setTimeout(again, 50));
  }
  throw new Error(`${what}: it did not happen`);
}
