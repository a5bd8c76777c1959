import css from './Avatar.module.css';
import { cx } from './cx';
import { hueOf, initialsOf } from './hue';

interface Props {
  name: string;
  size?: 20 | 24 | 28 | 36 | 60;
  /** A ring, while this person writes. */
  writing?: boolean;
}

/** Decorative: the name always stands beside it or in the label of what contains it. */
export function Avatar({ name, size = 28, writing = false }: Props) {
  return (
    <span
      aria-hidden="true"
      className={cx(css.avatar, css[`size${size}`], writing && css.writing)}
      style={{ '--hue': hueOf(name) }}
    >
      {initialsOf(name)}
    </span>
  );
}
