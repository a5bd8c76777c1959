import { useLingui } from '@lingui/react/macro';
import { Field, Select } from '@/design';
import { useNow } from '@/i18n/time';
import css from './HoursForm.module.css';

const zones = Intl.supportedValuesOf('timeZone');

/** A time zone by its place, and what time it is there. */
export function ZoneField({ value, onChange }: { value: string; onChange: (zone: string) => void }) {
  const { t, i18n } = useLingui();
  const now = useNow();
  const time = new Intl.DateTimeFormat(i18n.locale, {
    timeZone: value,
    weekday: 'long',
    hour: 'numeric',
    minute: '2-digit',
  }).format(now);
  return (
    <div className={css.zone}>
      <Field label={t`Time zone`} hint={t`There it is ${time} now. Summer time is taken care of.`}>
        <Select value={value} onChange={(event) => onChange(event.target.value)}>
          {!zones.includes(value) && <option value={value}>{value}</option>}
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </Select>
      </Field>
    </div>
  );
}
