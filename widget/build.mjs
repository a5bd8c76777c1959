// Builds dist/panel-<hash>.js, then dist/w.js with that name baked in, and a .br beside each.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { build, transform } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = `${here}dist/`;

/** Imports a .css file as a minified string, for constructable style sheets. */
const cssText = {
  name: 'css-text',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path), { loader: 'css', minify: true });
      return { contents: code.trim(), loader: 'text' };
    });
  },
};

const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  charset: 'utf8',
  target: 'es2022',
  legalComments: 'none',
  outdir: dist,
  metafile: true,
  plugins: [cssText],
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist);

const panel = await build({
  ...common,
  entryPoints: { panel: 'src/panel/mount.ts' },
  entryNames: '[name]-[hash]',
  format: 'esm',
});
const [panelPath] = Object.keys(panel.metafile.outputs);

await build({
  ...common,
  entryPoints: { w: 'src/loader.ts' },
  format: 'iife',
  define: { PANEL_FILE: JSON.stringify(basename(panelPath)) },
});

for (const file of await readdir(dist)) {
  const compressed = brotliCompressSync(await readFile(dist + file), {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
  });
  await writeFile(`${dist}${file}.br`, compressed);
}
