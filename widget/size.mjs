// Prints the sizes of the built files and fails when one is over its budget.
import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const dist = new URL('./dist/', import.meta.url);
const budgets = [
  { name: 'loader', pattern: /^w\.js$/, gzip: 2_500 },
  { name: 'panel', pattern: /^panel-\w+\.js$/, gzip: 18_000 },
];

for (const { name, pattern, gzip: budget } of budgets) {
  const files = readdirSync(dist).filter((file) => pattern.test(file));
  if (files.length !== 1) throw new Error(`expected one ${name} file, found ${files.length}`);
  const bytes = readFileSync(new URL(files[0], dist));
  const gzip = gzipSync(bytes, { level: 9 }).length;
  const brotli = brotliCompressSync(bytes).length;
  const verdict = gzip <= budget ? 'ok' : 'OVER BUDGET';
  console.log(
    `${name.padEnd(7)} ${bytes.length} B, ${gzip} B gzip of ${budget}, ${brotli} B brotli: ${verdict}`,
  );
  if (gzip > budget) process.exitCode = 1;
}
