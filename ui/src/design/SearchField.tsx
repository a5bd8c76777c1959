import { Search } from 'lucide-react';
import { Field, Input } from './Field';
import css from './SearchField.module.css';

interface Props {
  label: string;
  value: string;
  onChange: (text: string) => void;
  autoFocus?: boolean;
}

export function SearchField({ label, value, onChange, autoFocus }: Props) {
  return (
    <div className={css.search}>
      <Search size={15} aria-hidden="true" className={css.icon} />
      <Field label={label} hideLabel>
        <Input
          type="search"
          className={css.input}
          value={value}
          placeholder={label}
          autoFocus={autoFocus}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
    </div>
  );
}
