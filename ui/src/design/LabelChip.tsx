import css from './LabelChip.module.css';

interface Props {
  /** What is drawn of a label: its name as the workspace wrote it, its hue, and a sign such as ⭐. */
  label: { name: string; color: number; icon?: string | null };
}

/** A label as it stands on what it was put on. Any hue can be read, in both schemes. */
export function LabelChip({ label }: Props) {
  return (
    <span className={css.label} style={{ '--hue': label.color }}>
      {label.icon && <span aria-hidden="true">{label.icon}</span>}
      <span className={css.name}>{label.name}</span>
    </span>
  );
}
