import { useLingui } from '@lingui/react/macro';
import { Eye } from 'lucide-react';
import { Button, Field, LockNote, Select } from '@/design';
import { CellButton } from '../CellButton';
import { grouped, type MatrixProps } from '../matrix';
import css from './PhoneRoles.module.css';

interface Props extends MatrixProps {
  onDetails: () => void;
}

/** One role at a time, for screens that have no room for a table. */
export function PhoneRoles({ columns, rows, selected, onSelect, onDetails, ...matrix }: Props) {
  const { t } = useLingui();
  const column = columns.find(({ key }) => key === selected) ?? columns[0];
  if (!column) return null;
  return (
    <div className={css.phone}>
      <div className={css.pick}>
        <Field label={t`Role`} hint={column.notes.join(' · ')}>
          <Select
            value={column.key}
            onChange={(event) => {
              const next = columns.find(({ key }) => key === event.target.value);
              if (next) onSelect?.(next);
            }}
          >
            {columns.map(({ key, label }) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Button icon={<Eye size={15} aria-hidden="true" />} onClick={onDetails}>
          {t`See it as they will`}
        </Button>
        <LockNote reason={column.locked} />
      </div>
      {grouped(rows).map((group) => (
        <section key={group.label} aria-label={group.label}>
          <h2 className={css.group}>{group.label}</h2>
          <ul className={css.list}>
            {group.rows.map((row) => {
              const cell = matrix.cellOf(row, column);
              const locked = column.locked ?? cell.locked;
              return (
                <li key={row.key} className={css.row}>
                  <span className={css.label}>
                    <span id={`label-${row.key}`}>{row.label}</span>
                    {row.hint && <small>{row.hint}</small>}
                  </span>
                  <CellButton
                    reach={cell.reach}
                    changed={cell.changed}
                    locked={locked}
                    quiet={column.locked !== undefined}
                    id={`cell-${row.key}`}
                    aria-labelledby={`label-${row.key} cell-${row.key}`}
                    onPress={() =>
                      locked ? matrix.onLocked(column, locked) : matrix.onChange(row, column, cell)
                    }
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
