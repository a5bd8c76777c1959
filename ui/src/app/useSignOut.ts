import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { sessionDelete } from '@/api';
import { toast } from '@/design';
import { useProblemText } from '@/i18n/problem';
import { paths } from './paths';
import { queryClient } from './queryClient';

/** Ends this browser's session and leaves nothing of it in memory. */
export function useSignOut(): () => Promise<void> {
  const { t } = useLingui();
  const navigate = useNavigate();
  const problemText = useProblemText();
  return async () => {
    try {
      await sessionDelete({ path: { session_id: 'current' } });
    } catch (error) {
      toast({ title: t`You are still signed in`, description: problemText(error), tone: 'danger' });
      return;
    }
    // First away, then forget: a screen that still stands would ask for the account again.
    await navigate({ to: paths.login });
    queryClient.clear();
  };
}
