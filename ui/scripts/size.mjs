// Fails when the inbox needs more JavaScript and CSS before it is usable than its budget.
import { readFile, stat } from 'node:fs/promises';

const BUDGET = 240_000;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist)));

/** The entry, the shell, the inbox and one language, with everything they import statically. */
const roots = ['index.html', 'src/shell/Shell.tsx', 'src/features/inbox/InboxPage.tsx', 'src/locales/en.ts'];
const files = new Set();
const seen = new Set();

function collect(key) {
  if (seen.has(key)) return;
  seen.add(key);
  const chunk = manifest[key];
  if (!chunk) throw new Error(`The build has no chunk for ${key}`);
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const imported of chunk.imports ?? []) collect(imported);
}

roots.forEach(collect);
let total = 0;
for (const file of files) {
  const { size } = await stat(new URL(`${file}.br`, dist));
  total += size;
  console.log(`${String(size).padStart(8)}  ${file}`);
}
console.log(`${String(total).padStart(8)}  of ${BUDGET} bytes (Brotli) for the inbox`);
if (total > BUDGET) process.exit(1);
