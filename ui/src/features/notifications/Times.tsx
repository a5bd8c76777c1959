import { useLingui } from '@lingui/react/macro';
import { Plus, X } from 'lucide-react';
import { Button, Checkbox, Field, IconButton, Input, Section, Select } from '@/design';
import css from './Preferences.module.css';
import type { Choices } from './words';

const zones = Intl.supportedValuesOf('timeZone');
/** The server takes no more. */
const MOST_DIGESTS = 4;

interface Props {
  preferences: Choices;
  onChange: (more: Partial<Choices>) => void;
}

/** When it is quiet, and when the digest comes, by one's own clock. */
export function Times({ preferences, onChange }: Props) {
  const { t } = useLingui();
  const { timezone, quiet_hours, digest } = preferences;
  const setDigest = (times: string[]) => onChange({ digest: { times } });
  return (
    <Section title={t`Times`}>
      <div className={css.zone}>
        <Field label={t`By the clock of`}>
          <Select value={timezone} onChange={(event) => onChange({ timezone: event.target.value })}>
            {!zones.includes(timezone) && <option value={timezone}>{timezone}</option>}
            {zones.map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll('_', ' ')}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Checkbox
        label={t`Quiet hours: then nothing leaves the app, and it comes afterwards`}
        checked={quiet_hours !== null}
        onChange={({ target }) =>
          onChange({
            quiet_hours: target.checked ? { from: '20:00', to: '08:00', urgent_pierces: true } : null,
          })
        }
      />
      {quiet_hours && (
        <div className={css.inside}>
          <div className={css.times}>
            <TimeInput
              label={t`Quiet from`}
              value={quiet_hours.from}
              onChange={(from) => onChange({ quiet_hours: { ...quiet_hours, from } })}
            />
            <span aria-hidden="true">–</span>
            <TimeInput
              label={t`Quiet until`}
              value={quiet_hours.to}
              onChange={(to) => onChange({ quiet_hours: { ...quiet_hours, to } })}
            />
          </div>
          <Checkbox
            label={t`What somebody waits for comes through: mentions, hand-overs, reminders`}
            checked={quiet_hours.urgent_pierces}
            onChange={({ target }) =>
              onChange({ quiet_hours: { ...quiet_hours, urgent_pierces: target.checked } })
            }
          />
        </div>
      )}
      <fieldset className={css.digest}>
        <legend>{t`The digest comes at`}</legend>
        {digest.times.map((time, at) => (
          <span key={at} className={css.times}>
            <TimeInput
              label={t`Digest ${at + 1}`}
              value={time}
              onChange={(next) => setDigest(digest.times.with(at, next))}
            />
            <IconButton
              size="s"
              label={t`Remove the digest at ${time}`}
              onClick={() => setDigest(digest.times.toSpliced(at, 1))}
            >
              <X size={14} aria-hidden="true" />
            </IconButton>
          </span>
        ))}
        <Button
          size="s"
          icon={<Plus size={14} aria-hidden="true" />}
          blocked={digest.times.length >= MOST_DIGESTS ? t`Four a day are the most` : undefined}
          onClick={() => setDigest([...digest.times, '12:00'])}
        >
          {t`Add a time`}
        </Button>
      </fieldset>
    </Section>
  );
}

interface TimeProps {
  label: string;
  value: string;
  onChange: (time: string) => void;
}

function TimeInput({ label, value, onChange }: TimeProps) {
  return (
    <Input
      type="time"
      className={css.time}
      aria-label={label}
      value={value}
      onChange={(event) => event.target.value && onChange(event.target.value)}
    />
  );
}
