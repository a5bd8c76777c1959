import { useLingui } from '@lingui/react/macro';
import { meUpdate } from '@/api';
import { toast } from '@/design';
import { activateLocale, type Locale } from '@/i18n';
import { useProblemText } from '@/i18n/problem';
import { takeIn } from './patch';
import { meOptions } from './session';

/** Speaks another language at once, and remembers it with the account. */
export function useChooseLocale(): (locale: Locale) => Promise<void> {
  const { t } = useLingui();
  const problemText = useProblemText();
  return async (locale) => {
    await activateLocale(locale);
    try {
      const { data } = await meUpdate({ body: { locale } });
      takeIn(meOptions.queryKey, data);
    } catch (error) {
      toast({ title: t`The language is not saved`, description: problemText(error), tone: 'danger' });
    }
  };
}
