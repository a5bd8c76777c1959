import { useLingui } from '@lingui/react/macro';
import { ArrowRight } from 'lucide-react';
import type { RoleChoice } from '@/api';
import { Field, Select } from '@/design';
import css from './RoleMap.module.css';

interface Props {
  from: RoleChoice[];
  to: RoleChoice[];
  /** Old key → new key. */
  map: Record<string, string>;
  onChange: (old: string, next: string) => void;
}

/** Which role becomes which. */
export function RoleMap({ from, to, map, onChange }: Props) {
  const { t } = useLingui();
  const roles = from.filter(({ key }) => key in map);
  return (
    <ul className={css.map} aria-label={t`What becomes of the roles`}>
      {roles.map(({ key, label }) => (
        <li key={key}>
          <span className={css.old}>{label}</span>
          <ArrowRight size={15} aria-hidden="true" />
          <Field label={t`${label} becomes`} hideLabel>
            <Select value={map[key]} onChange={(event) => onChange(key, event.target.value)}>
              {to.map((role) => (
                <option key={role.key} value={role.key}>
                  {role.label}
                </option>
              ))}
            </Select>
          </Field>
        </li>
      ))}
    </ul>
  );
}
