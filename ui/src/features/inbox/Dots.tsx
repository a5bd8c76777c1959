import css from './Messages.module.css';

/** Three dots that say somebody is at it. */
export function Dots() {
  return (
    <span className={css.dots} aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}
