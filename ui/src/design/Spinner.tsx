import { useEffect, useState } from 'react';
import css from './Spinner.module.css';

export function Spinner() {
  return <span className={css.spinner} aria-hidden="true" />;
}

/** Placeholder lines; they stay away for the first moment so that quick answers do not flash. */
export function Skeleton({ lines = 3, label }: { lines?: number; label: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" className={css.skeleton}>
      <span className="visually-hidden">{label}</span>
      {late && Array.from({ length: lines }, (_, line) => <span key={line} className={css.line} />)}
    </div>
  );
}
