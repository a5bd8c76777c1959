import { Link, Outlet, useLocation } from '@tanstack/react-router';
import type { LucideIcon } from 'lucide-react';
import { Fragment, type ReactNode, useRef } from 'react';
import css from './SectionLayout.module.css';
import { useScrollPlace } from './useScrollPlace';

export interface SectionLink {
  to: string;
  icon: LucideIcon;
  label: string;
  /** What this one and those after it have in common, above them. */
  heading?: string;
}

interface Props {
  /** The heading of the list of pages. */
  title: string;
  links: SectionLink[];
  /** Where one came from, above the list. */
  back?: ReactNode;
}

/** Several pages under one heading: a list of them at the side, a row of tabs on phones. */
export function SectionLayout({ title, links, back }: Props) {
  const path = useLocation({ select: (location) => location.pathname });
  const section = useRef<HTMLDivElement>(null);
  useScrollPlace(section);
  return (
    <div ref={section} className={css.section}>
      <nav className={css.side} aria-label={title}>
        {back}
        <p className={css.title}>{title}</p>
        <div className={css.links}>
          {links.map(({ to, icon: Icon, label, heading }) => (
            <Fragment key={to}>
              {heading && <p className={css.heading}>{heading}</p>}
              <Link
                to={to}
                className={css.link}
                aria-current={path === to || path.startsWith(`${to}/`) ? 'page' : undefined}
              >
                <Icon size={16} aria-hidden="true" />
                {label}
              </Link>
            </Fragment>
          ))}
        </div>
      </nav>
      <main className={css.main}>
        <Outlet />
      </main>
    </div>
  );
}
