export type Locale = 'en' | 'es';

/** The first wish we can serve, English otherwise. */
export function pickLocale(...wishes: (string | undefined)[]): Locale {
  for (const wish of wishes) {
    const language = wish?.slice(0, 2).toLowerCase();
    if (language === 'en' || language === 'es') return language;
  }
  return 'en';
}
