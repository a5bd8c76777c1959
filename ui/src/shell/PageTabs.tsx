import { Link } from '@tanstack/react-router';
import { useNumber } from '@/i18n/useNumber';
import css from './PageTabs.module.css';

export interface PageTab {
  to: string;
  label: string;
  /** How many things are there, once that is known. */
  count?: number | undefined;
}

/** The parts of one page, each with an address of its own. */
export function PageTabs({ label, tabs }: { label: string; tabs: PageTab[] }) {
  const number = useNumber();
  return (
    <nav className={css.tabs} aria-label={label}>
      {tabs.map(({ to, label, count }) => (
        <Link key={to} to={to} className={css.tab} activeOptions={{ exact: true, includeSearch: false }}>
          {label}
          {count !== undefined && <span className={css.count}>{number(count)}</span>}
        </Link>
      ))}
    </nav>
  );
}
