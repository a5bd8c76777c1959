import { i18n } from '@lingui/core';

export type Locale = 'en' | 'es';
export const locales: Record<Locale, string> = { en: 'English', es: 'Español' };

const STORED = 'guildhall.locale';
const catalogues = { en: () => import('@/locales/en'), es: () => import('@/locales/es') };

/** The language chosen before on this device, else the browser's first one we speak. */
export function preferredLocale(): Locale {
  const wanted = [localStorage.getItem(STORED), ...navigator.languages];
  const known = wanted.map((tag) => tag?.slice(0, 2)).find((tag) => tag && tag in locales);
  return (known as Locale | undefined) ?? 'en';
}

export async function activateLocale(locale: Locale) {
  const { messages } = await catalogues[locale]();
  i18n.loadAndActivate({ locale, messages });
  document.documentElement.lang = locale;
  localStorage.setItem(STORED, locale);
}

export { i18n };
