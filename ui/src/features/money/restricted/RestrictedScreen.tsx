import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { CreditCard } from 'lucide-react';
import { paths } from '@/app/paths';
import { useMembership } from '@/app/session';
import { EmptyState } from '@/design';
import css from '../money.module.css';
import { useRestriction } from './useRestriction';

/** Stands in the place of the screens where one works: in a restricted workspace nothing in them would answer. */
export default function RestrictedScreen() {
  const { t } = useLingui();
  const { workspace } = useMembership();
  const { isNew, left, text, link } = useRestriction();
  return (
    <main className="whole-page">
      <EmptyState
        alone
        icon={<CreditCard size={30} aria-hidden="true" />}
        title={isNew ? t`${workspace.name} begins once a plan is paid` : t`${workspace.name} is restricted`}
        action={
          link && (
            <Link to={paths.settings(workspace.id, link.page)} className={css.link}>
              {link.label}
            </Link>
          )
        }
      >
        {left} {text}
      </EmptyState>
    </main>
  );
}
