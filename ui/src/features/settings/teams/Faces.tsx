import { Avatar } from '@/design';
import css from './Faces.module.css';

const MOST = 4;

/** Some of the people of a group; their names stand elsewhere. */
export function Faces({ names }: { names: string[] }) {
  const more = names.length - MOST;
  return (
    <span className={css.faces} aria-hidden="true">
      {names.slice(0, MOST).map((name) => (
        <Avatar key={name} name={name} size={24} />
      ))}
      {more > 0 && <span className={css.more}>+{more}</span>}
    </span>
  );
}
