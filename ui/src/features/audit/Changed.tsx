import { useLingui } from '@lingui/react/macro';
import type { AuditEventView } from '@/api';
import { usePermissionTexts } from '@/features/rights/permissionTexts';
import css from './Changed.module.css';
import { type Difference, differences } from './diff';
import { useWords } from './words';

type Props = Pick<AuditEventView, 'before' | 'after' | 'names'>;

/** Before and after, field by field. Shows nothing where nothing was recorded. */
export function Changed({ before, after, names }: Props) {
  const { t } = useLingui();
  const rows = differences(before as Recorded, after as Recorded);
  if (rows.length === 0) return null;
  return (
    <div className={css.scroll}>
      <table className={css.changed}>
        <thead>
          <tr>
            <th scope="col">{t`Field`}</th>
            <th scope="col">{t`Before`}</th>
            <th scope="col">{t`After`}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.field.join('/')} row={row} names={names} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A small change in a few words, beside the sentence. */
export function Brief({ event: { before, after, names } }: { event: AuditEventView }) {
  const { t } = useLingui();
  const texts = useTexts(names);
  const rows = differences(before as Recorded, after as Recorded);
  const [row, another] = rows;
  if (!row || !before || !after) return null;
  if (another)
    return (
      <p className={css.brief}>
        {rows.map(texts.name).slice(0, 4).join(', ')}
        {rows.length > 4 && ' …'}
      </p>
    );
  const [was, is] = [texts.value(row, row.before), texts.value(row, row.after)];
  return (
    <p className={css.brief}>
      {texts.name(row)}: {was && <del>{was}</del>} {is ? <ins>{is}</ins> : t`taken away`}
    </p>
  );
}

type Recorded = Parameters<typeof differences>[0];

function Row({ row, names }: { row: Difference; names: Props['names'] }) {
  const texts = useTexts(names);
  const [was, is] = [texts.value(row, row.before), texts.value(row, row.after)];
  return (
    <tr>
      <th scope="row">{texts.name(row)}</th>
      <td>{was === undefined ? <Nothing /> : <del>{was}</del>}</td>
      <td>{is === undefined ? <Nothing /> : <ins>{is}</ins>}</td>
    </tr>
  );
}

/** How a difference is told. What a role grants stands one level deeper, and what it does not name it does not grant. */
function useTexts(names: Props['names']) {
  const words = useWords();
  const permissions = usePermissionTexts();
  return {
    name: ({ field }: Difference) => {
      const name = field.at(-1) ?? '';
      return field.length > 1 ? permissions.label(name) : words.field(name);
    },
    value: ({ field }: Difference, value: unknown) => {
      if (field.length > 1) return words.value(value ?? 'none');
      return isNothing(value) ? undefined : words.value(value, names);
    },
  };
}

const isNothing = (value: unknown) => value === null || value === undefined || value === '';

function Nothing() {
  const { t } = useLingui();
  return (
    <>
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">{t`nothing`}</span>
    </>
  );
}
