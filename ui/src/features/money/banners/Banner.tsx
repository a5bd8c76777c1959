import { useLingui } from '@lingui/react/macro';
import { Link, useLocation } from '@tanstack/react-router';
import { CreditCard } from 'lucide-react';
import type { ReactNode } from 'react';
import { paths, type SettingsPage } from '@/app/paths';
import { useWorkspaceId } from '@/app/session';
import css from '@/shell/Notices.module.css';

interface Props {
  tone?: 'warn' | 'danger';
  title: ReactNode;
  /** Where what helps is; nowhere for who may not see it. */
  link: { page: SettingsPage; label: string } | undefined;
  children: ReactNode;
}

/** Something about money that everybody here should know. */
export function Banner({ tone = 'warn', title, link, children }: Props) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const to = link && paths.settings(workspace, link.page);
  const label = link?.page === 'credits' ? t`Credits` : t`Plan`;
  return (
    <section className={css.notice} data-tone={tone} aria-label={label}>
      <CreditCard size={16} aria-hidden="true" />
      <p className={css.text}>
        <b>{title}</b> {children}
      </p>
      {link && to !== path && (
        <Link to={to} className={css.link}>
          {link.label}
        </Link>
      )}
    </section>
  );
}
