import { cx } from '@/design';
import type { Theme } from '@/design/theme';
import css from './ThemePicture.module.css';

/** What a theme looks like, in small. */
export function ThemePicture({ theme }: { theme: Theme }) {
  const schemes = theme === 'system' ? (['light', 'dark'] as const) : [theme];
  return (
    <span className={css.picture} aria-hidden="true">
      {schemes.map((scheme) => (
        <span key={scheme} className={cx(css.half, css[scheme])}>
          <i className={css.rail} />
          <span className={css.pane}>
            <i />
            <i />
            <i />
          </span>
        </span>
      ))}
    </span>
  );
}
