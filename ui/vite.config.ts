import { transformAsync } from '@babel/core';
import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const server = process.env.GUILDHALL_URL ?? 'http://127.0.0.1:8080';

/** Turns Lingui's macros into runtime calls; only the files that import one pay for Babel. */
function linguiMacros(): Plugin {
  return {
    name: 'lingui-macros',
    enforce: 'pre',
    async transform(code, id) {
      const file = id.split('?')[0] ?? id;
      if (!/\.tsx?$/.test(file) || !code.includes('/macro')) return null;
      const result = await transformAsync(code, {
        filename: file,
        babelrc: false,
        configFile: false,
        sourceMaps: true,
        parserOpts: { plugins: ['typescript', 'jsx'] },
        plugins: ['@lingui/babel-plugin-lingui-macro'],
      });
      return result?.code ? { code: result.code, map: result.map } : null;
    },
  };
}

/**
 * What several pages share, in few files: left to itself the bundler makes a file of every module that another
 * set of pages uses, and a hundred small files take more room than a few large ones, packed each on its own.
 */
const groups = [
  { name: 'framework', test: /node_modules\/(react|react-dom|scheduler|@tanstack|@lingui)\//, priority: 3 },
  { name: 'icons', test: /node_modules\/lucide-react\//, minShareCount: 3, priority: 2 },
  { name: 'base', test: /\/src\/(api|app|design|form|i18n|keyboard)\//, minShareCount: 2, priority: 1 },
  { name: 'workspace', test: /\/src\/(conversations|realtime)\//, minShareCount: 2 },
];

export default defineConfig(({ mode }) => ({
  // A message without a translation stops a release, not the person who is still writing the page.
  plugins: [
    linguiMacros(),
    lingui({ failOnMissing: mode === 'production', failOnCompileError: true }),
    react(),
  ],
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': server, '/widget': server },
  },
  build: {
    // The first browsers with light-dark(), which the colour tokens rest on.
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test/setup.ts'],
  },
}));
