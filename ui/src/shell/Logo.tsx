import css from './Rail.module.css';

export function Logo() {
  return (
    <span className={css.logo} aria-hidden="true">
      <svg
        width="17"
        height="17"
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <title>Guildhall</title>
        <path d="M3 9.5 12 3l9 6.5M5 10v9m7-9v9m7-9v9M3 20h18" />
      </svg>
    </span>
  );
}
