import { useLingui } from '@lingui/react/macro';
import { useSignOut } from '@/app/useSignOut';
import css from './SignOut.module.css';

/** Signing out as a link among links. */
export function SignOut() {
  const { t } = useLingui();
  const signOut = useSignOut();
  return (
    <button type="button" className={css.link} onClick={() => void signOut()}>
      {t`Sign out`}
    </button>
  );
}
