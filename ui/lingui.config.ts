import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

/** Pages outside the working screens keep their strings apart, so the two grow without colliding. */
const pages = ['src/features/access', 'src/features/settings', 'src/features/me', 'src/form'];

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'es'],
  catalogs: [
    {
      path: 'src/locales/{locale}/workspace',
      include: ['src'],
      exclude: [...pages.map((page) => `${page}/**`), 'src/api/**', '**/*.test.*'],
    },
    { path: 'src/locales/{locale}/pages', include: pages, exclude: ['**/*.test.*'] },
  ],
  format: formatter({ lineNumbers: false, origins: false }),
  orderBy: 'message',
});
