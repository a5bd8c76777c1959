import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useTitle } from '@/app/useTitle';
import { cx, Field, Select } from '@/design';
import { activateLocale, type Locale, locales } from '@/i18n';
import css from './AccessLayout.module.css';

interface Props {
  title: string;
  description?: ReactNode;
  /** What else one may do here, below the card. */
  footer?: ReactNode;
  wide?: boolean;
  children?: ReactNode;
}

/** The card that everything before the workspace stands on. */
export function AccessLayout({ title, description, footer, wide = false, children }: Props) {
  useTitle(title);
  return (
    <main className={css.page}>
      <div className={cx(css.column, wide && css.wide)}>
        <p className={css.brand}>
          <img src="/favicon.svg" alt="" width={28} height={28} />
          Guildhall
        </p>
        <div className={css.card}>
          <header className={css.header}>
            <h1 className={css.title}>{title}</h1>
            {description && <div className={css.description}>{description}</div>}
          </header>
          {children}
        </div>
        {footer && <div className={css.footer}>{footer}</div>}
        <LanguageChoice />
      </div>
    </main>
  );
}

function LanguageChoice() {
  const { t, i18n } = useLingui();
  return (
    <div className={css.language}>
      <Field label={t`Language`} hideLabel>
        <Select value={i18n.locale} onChange={(event) => activateLocale(event.target.value as Locale)}>
          {Object.entries(locales).map(([locale, name]) => (
            <option key={locale} value={locale} lang={locale}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
    </div>
  );
}
