import type { ReactNode } from 'react';
import { cx } from './cx';
import css from './Page.module.css';

interface PageProps {
  title: string;
  description?: ReactNode;
  /** Buttons beside the title. */
  actions?: ReactNode;
  /** The way to the page this one belongs to. */
  back?: ReactNode;
  /** Room for a second column. */
  wide?: boolean;
  children: ReactNode;
}

/** The layout of settings, account and other single-column pages. */
export function Page({ title, description, actions, back, wide = false, children }: PageProps) {
  return (
    <div className={cx(css.page, wide && css.wide)}>
      {back}
      <header className={css.header}>
        <div className={css.heading}>
          <h1 className={css.title}>{title}</h1>
          {description && <div className={css.description}>{description}</div>}
        </div>
        {actions && <div className={css.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface SectionProps {
  title?: string;
  /** Keeps the title for screen readers only, where what stands above says it. */
  hideTitle?: boolean;
  description?: ReactNode;
  actions?: ReactNode;
  /** Tables and lists bring their own padding. */
  flush?: boolean;
  children: ReactNode;
}

export function Section({
  title,
  hideTitle = false,
  description,
  actions,
  flush = false,
  children,
}: SectionProps) {
  return (
    <section className={css.section} aria-label={title}>
      {title && !hideTitle && (
        <header className={css.sectionHeader}>
          <div className={css.heading}>
            <h2 className={css.sectionTitle}>{title}</h2>
            {description && <div className={css.description}>{description}</div>}
          </div>
          {actions}
        </header>
      )}
      <div className={flush ? undefined : css.sectionBody}>{children}</div>
    </section>
  );
}
