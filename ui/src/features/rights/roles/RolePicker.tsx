import { useLingui } from '@lingui/react/macro';
import { Eye } from 'lucide-react';
import { Button, Field, LockNote, Select } from '@/design';
import type { Column } from '../matrix';
import css from './RolePicker.module.css';

interface Props {
  columns: Column[];
  column: Column;
  onPick: (key: string) => void;
  onDetails: () => void;
}

/** On phones: which role the list below is about. */
export function RolePicker({ columns, column, onPick, onDetails }: Props) {
  const { t } = useLingui();
  return (
    <div className={css.picker}>
      <Field label={t`Role`} hint={column.notes.join(' · ')}>
        <Select value={column.key} onChange={(event) => onPick(event.target.value)}>
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
  );
}
