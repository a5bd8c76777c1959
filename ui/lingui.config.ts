import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

/** What loads with the parts that it belongs to, see `withTexts`. Of the inbox it is what opens later. */
const parts = ['rights', 'audit', 'settings', 'notifications', 'tasks', 'inbox', 'money', 'operator'];
const folder = (part: string) => `src/features/${part === 'inbox' ? 'inbox/later' : part}`;
/** Pages outside the working screens keep their strings apart, so the two grow without colliding. */
const pages = ['src/features/access', 'src/features/me', 'src/form'];

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'es'],
  catalogs: [
    {
      path: 'src/locales/{locale}/workspace',
      include: ['src'],
      exclude: [...[...pages, ...parts.map(folder)].map((each) => `${each}/**`), 'src/api/**', '**/*.test.*'],
    },
    { path: 'src/locales/{locale}/pages', include: pages, exclude: ['**/*.test.*'] },
    ...parts.map((part) => ({
      path: `src/locales/{locale}/${part}`,
      include: [folder(part)],
      exclude: ['**/*.test.*'],
    })),
  ],
  format: formatter({ lineNumbers: false, origins: false }),
  orderBy: 'message',
});
