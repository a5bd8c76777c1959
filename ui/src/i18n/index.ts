import { i18n } from '@lingui/core';

export type Locale = 'en' | 'es';
export const locales: Record<Locale, string> = { en: 'English', es: 'Español' };

const STORED = 'guildhall.locale';
const catalogues = { en: () => import('@/locales/en'), es: () => import('@/locales/es') };
/** Texts of parts that few people open, which come with them. */
const extras = {
  audit: { en: () => import('@/locales/en/audit.po'), es: () => import('@/locales/es/audit.po') },
  inbox: { en: () => import('@/locales/en/inbox.po'), es: () => import('@/locales/es/inbox.po') },
  money: { en: () => import('@/locales/en/money.po'), es: () => import('@/locales/es/money.po') },
  notifications: {
    en: () => import('@/locales/en/notifications.po'),
    es: () => import('@/locales/es/notifications.po'),
  },
  operator: { en: () => import('@/locales/en/operator.po'), es: () => import('@/locales/es/operator.po') },
  rights: { en: () => import('@/locales/en/rights.po'), es: () => import('@/locales/es/rights.po') },
  settings: { en: () => import('@/locales/en/settings.po'), es: () => import('@/locales/es/settings.po') },
  tasks: { en: () => import('@/locales/en/tasks.po'), es: () => import('@/locales/es/tasks.po') },
};
type Extra = keyof typeof extras;
const opened = new Set<Extra>();

/** The language chosen before on this device, else the browser's first one we speak. */
export function preferredLocale(): Locale {
  const wanted = [localStorage.getItem(STORED), ...navigator.languages];
  const known = wanted.map((tag) => tag?.slice(0, 2)).find((tag) => tag && tag in locales);
  return (known as Locale | undefined) ?? 'en';
}

export async function activateLocale(locale: Locale) {
  const loads = [catalogues[locale](), ...[...opened].map((name) => extras[name][locale]())];
  const messages = Object.assign({}, ...(await Promise.all(loads)).map((each) => each.messages));
  i18n.loadAndActivate({ locale, messages });
  document.documentElement.lang = locale;
  localStorage.setItem(STORED, locale);
}

/** Loads a part of the application together with its texts. */
export async function withTexts<Part>(name: Extra, load: () => Promise<Part>): Promise<Part> {
  opened.add(name);
  const [part, { messages }] = await Promise.all([load(), extras[name][i18n.locale as Locale]()]);
  i18n.load(i18n.locale, messages);
  return part;
}

export { i18n };
