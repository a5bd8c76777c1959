import { useLingui } from '@lingui/react/macro';
import { Lock } from 'lucide-react';
import { Fragment, memo, useEffect, useRef } from 'react';
import { cx } from '@/design';
import { CellButton } from './CellButton';
import { type Column, grouped, type MatrixProps, type Row } from './matrix';
import css from './RightsMatrix.module.css';
import { cellAt, useGrid } from './useGrid';

/** Permissions × roles. Click or Space goes on to the next reach, arrows move. */
export function RightsMatrix(props: MatrixProps) {
  const { label, rows, columns, selected } = props;
  const { t } = useLingui();
  const headings = props.onSelect ? 1 : 0;
  const { grid, tabIndex } = useGrid(rows.length + headings, columns.length);
  const look = cx(css.table, columns.length < 3 && css.few);
  let at = headings;
  return (
    <div className={css.scroll}>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table of switches is ARIA's grid */}
      <table role="grid" aria-label={label} className={look} {...grid}>
        <thead>
          <tr>
            <th scope="col" className={css.corner}>
              {t`Permission`}
            </th>
            {columns.map((column, index) => (
              <ColumnHead
                key={column.key}
                column={column}
                selected={column.key === selected}
                onSelect={props.onSelect}
                {...cellAt(0, index)}
                tabIndex={tabIndex(0, index)}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {grouped(rows).map((group) => (
            <Fragment key={group.label}>
              <tr className={css.group}>
                <th scope="colgroup" colSpan={columns.length + 1}>
                  <span>{group.label}</span>
                </th>
              </tr>
              {group.rows.map((row) => {
                const line = at++;
                return (
                  <tr key={row.key}>
                    <RowHead row={row} />
                    {columns.map((column, index) => (
                      <MatrixCell
                        key={column.key}
                        {...props}
                        row={row}
                        column={column}
                        line={line}
                        index={index}
                        tabIndex={tabIndex(line, index)}
                      />
                    ))}
                  </tr>
                );
              })}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface HeadProps {
  column: Column;
  selected: boolean;
  onSelect: MatrixProps['onSelect'];
  tabIndex: number;
}

function ColumnHead({ column, selected, onSelect, ...focus }: HeadProps) {
  const head = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Selected from elsewhere, or pushed aside by what opens beside the matrix, it stays in sight.
    if (selected) head.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selected]);
  const inside = (
    <>
      <span className={css.role}>
        {column.label}
        {column.locked && <Lock size={11} aria-hidden="true" />}
      </span>
      {column.notes.map((note) => (
        <small key={note}>{note}</small>
      ))}
    </>
  );
  return (
    <th scope="col" className={cx(selected && css.selected)} title={column.locked}>
      {onSelect ? (
        <button
          ref={head}
          type="button"
          className={css.head}
          aria-pressed={selected}
          onClick={() => onSelect(column)}
          {...focus}
        >
          {inside}
        </button>
      ) : (
        <span className={css.head}>{inside}</span>
      )}
    </th>
  );
}

const RowHead = memo(function RowHead({ row }: { row: Row }) {
  return (
    <th scope="row">
      <span>{row.label}</span>
      {row.hint && <small>{row.hint}</small>}
    </th>
  );
});

interface CellProps extends MatrixProps {
  row: Row;
  column: Column;
  line: number;
  index: number;
  tabIndex: number;
}

function MatrixCell({ row, column, line, index, tabIndex, cellOf, onChange, onLocked, selected }: CellProps) {
  const cell = cellOf(row, column);
  const locked = column.locked ?? cell.locked;
  return (
    <td className={cx(column.key === selected && css.selected)}>
      <CellButton
        {...cellAt(line, index)}
        tabIndex={tabIndex}
        reach={cell.reach}
        changed={cell.changed}
        locked={locked}
        quiet={column.locked !== undefined}
        onPress={() => (locked ? onLocked(column, locked) : onChange(row, column, cell))}
      />
    </td>
  );
}
