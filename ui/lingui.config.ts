import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

/** What loads with the parts that it belongs to, see `withTexts`. */
const rights = 'src/features/rights';
/** Pages outside the working screens keep their strings apart, so the two grow without colliding. */
const pages = ['src/features/access', 'src/features/settings', 'src/features/me', 'src/form'];

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'es'],
  catalogs: [
    {
      path: 'src/locales/{locale}/workspace',
      include: ['src'],
      exclude: [...[...pages, rights].map((folder) => `${folder}/**`), 'src/api/**', '**/*.test.*'],
    },
    { path: 'src/locales/{locale}/pages', include: pages, exclude: ['**/*.test.*'] },
    { path: 'src/locales/{locale}/rights', include: [rights], exclude: ['**/*.test.*'] },
  ],
  format: formatter({ lineNumbers: false, origins: false }),
  orderBy: 'message',
});
