import { CellButton } from './CellButton';
import { type Column, grouped, type MatrixProps } from './matrix';
import css from './PhoneMatrix.module.css';

interface Props extends Pick<MatrixProps, 'rows' | 'cellOf' | 'onChange' | 'onLocked'> {
  column: Column;
}

/** One column of a matrix as a list, for screens that have no room for a table. */
export function PhoneMatrix({ column, rows, cellOf, onChange, onLocked }: Props) {
  return (
    <div className={css.matrix}>
      {grouped(rows).map((group) => (
        <section key={group.label} aria-label={group.label}>
          <h2 className={css.group}>{group.label}</h2>
          <ul>
            {group.rows.map((row) => {
              const cell = cellOf(row, column);
              const locked = column.locked ?? cell.locked;
              return (
                <li key={row.key} className={css.row}>
                  <span className={css.label}>
                    <span id={`label-${row.key}`}>{row.label}</span>
                    {row.hint && <small>{row.hint}</small>}
                  </span>
                  <CellButton
                    id={`cell-${row.key}`}
                    aria-labelledby={`label-${row.key} cell-${row.key}`}
                    reach={cell.reach}
                    changed={cell.changed}
                    locked={locked}
                    quiet={column.locked !== undefined}
                    onPress={() => (locked ? onLocked(column, locked) : onChange(row, column, cell))}
                  />
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </div>
  );
}
