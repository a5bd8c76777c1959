import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { sessionDelete } from '@/api';
import { paths } from '@/app/paths';
import { queryClient } from '@/app/queryClient';
import { toast } from '@/design';
import { useProblemText } from '@/i18n/problem';
import css from './SignOut.module.css';

/** Ends this browser's session. */
export function SignOut() {
  const { t } = useLingui();
  const text = useProblemText();
  const navigate = useNavigate();
  const end = useMutation({
    mutationFn: () => sessionDelete({ path: { session_id: 'current' } }),
    onSuccess: () => {
      queryClient.clear();
      void navigate({ to: paths.login });
    },
    onError: (error) =>
      toast({ title: t`You are still signed in`, description: text(error), tone: 'danger' }),
  });
  return (
    <button type="button" className={css.link} onClick={() => end.mutate()}>
      {t`Sign out`}
    </button>
  );
}
