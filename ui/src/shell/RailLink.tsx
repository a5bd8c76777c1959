import { Link, useLocation } from '@tanstack/react-router';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Tooltip } from '@/design';
import css from './Rail.module.css';

interface Props {
  to: string;
  icon: LucideIcon;
  label: string;
  keys?: string | undefined;
  /** A count at the end. */
  children?: ReactNode;
}

export function RailLink({ to, icon: Icon, label, keys, children }: Props) {
  const path = useLocation({ select: (location) => location.pathname });
  // Settings has pages of its own under one entry.
  const area = to.replace(/\/settings\/\w+$/, '/settings');
  const here = path === area || path.startsWith(`${area}/`);
  return (
    <Tooltip text={label} keys={keys} side="right">
      <Link to={to} className={css.link} aria-current={here ? 'page' : undefined}>
        <Icon size={16} aria-hidden="true" />
        <span className={css.label}>{label}</span>
        {children}
      </Link>
    </Tooltip>
  );
}
