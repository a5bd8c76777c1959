import { useLingui } from '@lingui/react/macro';
import type { CreditEntryView } from '@/api';

/** What kinds of entries there are. */
export function useKindTexts(): Record<CreditEntryView['kind'], string> {
  const { t } = useLingui();
  return {
    grant: t`Grant of the plan`,
    expire: t`Expired with the month`,
    purchase: t`Bought`,
    consume: t`Used`,
    refund: t`Taken back: refunded`,
    dispute: t`Taken back: payment disputed`,
    adjust: t`Corrected by the operator`,
  };
}

/** What credits were used for; the words of another program stay its own. */
export function useCauseText(): (cause: string) => string {
  const { t } = useLingui();
  const causes: Record<string, string> = { ai_answer: t`Answer of the AI` };
  return (cause) => causes[cause] ?? cause;
}
