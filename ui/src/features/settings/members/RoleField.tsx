import { useLingui } from '@lingui/react/macro';
import { reasonOf, Select } from '@/design';
import { usePackText } from '@/features/rights/usePackText';
import { FormField } from '@/form';
import { AccessSummary } from './AccessSummary';
import css from './RoleField.module.css';
import type { GivableRole } from './useGivableRoles';

interface Props {
  roles: GivableRole[];
  value: GivableRole | undefined;
  onChange: (key: string) => void;
}

/** Chooses a role for somebody new, and names what access it gives (SEC-001). */
export function RoleField({ roles, value, onChange }: Props) {
  const { t } = useLingui();
  const describe = usePackText();
  return (
    <div className={css.role}>
      <FormField name="role_key" label={t`Role`} hint={value && describe(value.description)}>
        <Select value={value?.key ?? ''} onChange={(event) => onChange(event.target.value)}>
          {roles.map((role) => (
            <option key={role.key} value={role.key} disabled={role.blocked !== undefined}>
              {role.blocked ? `${role.label} · ${reasonOf(role.blocked)}` : role.label}
            </option>
          ))}
        </Select>
      </FormField>
      {value && <AccessSummary role={value} />}
    </div>
  );
}
