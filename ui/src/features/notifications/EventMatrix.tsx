import { useLingui } from '@lingui/react/macro';
import type { NotificationKind, Ways, When } from '@/api';
import { Select } from '@/design';
import css from './Preferences.module.css';
import { type Choices, isMandatory, useKinds, useWays, useWhens } from './words';

interface Props {
  events: Choices['events'];
  onChange: (events: Choices['events']) => void;
}

/** Every kind of news by every way. Where there is little room each kind is a block of its own. */
export function EventMatrix({ events, onChange }: Props) {
  const { t } = useLingui();
  const kinds = useKinds();
  const ways = useWays();
  const set = (kind: NotificationKind, way: keyof Ways, when: When) =>
    onChange({ ...events, [kind]: { ...events[kind], [way]: when } as Ways });
  return (
    <div className={css.frame}>
      <table className={css.matrix}>
        <thead>
          <tr>
            <th scope="col">{t`When`}</th>
            {ways.map(({ way, label }) => (
              <th key={way} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.map(({ kind, label }) => (
            <tr key={kind}>
              <th scope="row">{label}</th>
              {ways.map(({ way, label: by }) => (
                <td key={way} data-label={by}>
                  <WhenSelect
                    label={`${label}: ${by}`}
                    value={events[kind]?.[way] ?? 'never'}
                    fixed={
                      isMandatory(kind, way) ? t`Always told: everybody’s access hangs on it` : undefined
                    }
                    onChange={(when) => set(kind, way, when)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface WhenProps {
  label: string;
  value: When;
  /** Why it is no choice, where it is none. */
  fixed?: string;
  onChange: (when: When) => void;
}

export function WhenSelect({ label, value, fixed, onChange }: WhenProps) {
  const whens = useWhens();
  return (
    <Select
      className={css.when}
      aria-label={label}
      value={value}
      disabled={fixed !== undefined}
      title={fixed}
      onChange={(event) => onChange(event.target.value as When)}
    >
      {whens.map(({ when, label }) => (
        <option key={when} value={when}>
          {label}
        </option>
      ))}
    </Select>
  );
}
