import { useLingui } from '@lingui/react/macro';
import { asProblem } from '@/api';
import { toast } from '@/design';
import { useProblemText } from '@/i18n/problem';

type Action = Parameters<typeof toast>[0]['action'];

/** Says what did not work and why. That a preview changes nothing is no failure, so it is said calmly. */
export function useFailure(): (title: string, error: unknown, action?: Action) => void {
  const { t } = useLingui();
  const text = useProblemText();
  return (title, error, action) => {
    if (asProblem(error)?.code === 'preview_read_only')
      toast({ title: t`Nothing was changed`, description: text(error) });
    else toast({ title, description: text(error), tone: 'danger', action });
  };
}
