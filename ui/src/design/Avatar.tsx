import css from './Avatar.module.css';
import { cx } from './cx';
import { hueOf, initialsOf } from './hue';

interface Props {
  name: string;
  size?: 20 | 24 | 28 | 36 | 60;
  /** A ring, while this person writes. */
  writing?: boolean;
  /** A diagonal line: a collaborator, who is no full-time user. */
  light?: boolean;
}

/** Decorative: the name always stands beside it or in the label of what contains it. */
export function Avatar({ name, size = 28, writing = false, light = false }: Props) {
  return (
    <span
      aria-hidden="true"
      className={cx(css.avatar, css[`size${size}`], writing && css.writing, light && css.light)}
      style={{ '--hue': hueOf(name) }}
    >
      {initialsOf(name)}
    </span>
  );
}
