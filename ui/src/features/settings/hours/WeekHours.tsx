import { useLingui } from '@lingui/react/macro';
import { CopyPlus, Plus, X } from 'lucide-react';
import { IconButton } from '@/design';
import css from './HoursForm.module.css';
import { TimeSelect } from './TimeSelect';
import { useDayNames } from './useDayNames';
import { another, faultOf, type Interval, isOvernight, onDay, weekdays } from './week';

interface Props {
  weekly: Interval[];
  onChange: (weekly: Interval[]) => void;
}

export function WeekHours({ weekly, onChange }: Props) {
  return (
    <ul className={css.days}>
      {weekdays.map((day) => (
        <Day key={day} day={day} weekly={weekly} onChange={onChange} />
      ))}
    </ul>
  );
}

function Day({ day, weekly, onChange }: Props & { day: number }) {
  const { t } = useLingui();
  const nameOf = useDayNames();
  const name = nameOf(day);
  const intervals = onDay(weekly, day);
  const fault = faultOf(weekly, day);
  const replace = (old: Interval, next: Interval) =>
    onChange(weekly.map((each) => (each === old ? next : each)));
  /** The other working days get the same hours. */
  const copy = () =>
    onChange([
      ...weekly.filter((each) => each.day > 5 || each.day === day),
      ...weekdays
        .filter((other) => other <= 5 && other !== day)
        .flatMap((other) => intervals.map((each) => ({ ...each, day: other }))),
    ]);

  return (
    <li className={css.day}>
      <span className={css.name}>{name}</span>
      {intervals.length === 0 ? (
        <span className={css.closed}>{t`Closed`}</span>
      ) : (
        <div className={css.intervals}>
          {intervals.map((each, at) => (
            <div key={at} className={css.interval}>
              <TimeSelect
                label={t`${name}, from`}
                value={each.from}
                onChange={(from) => replace(each, { ...each, from })}
              />
              <span aria-hidden="true">–</span>
              <TimeSelect
                label={t`${name}, to`}
                value={each.to}
                onChange={(to) => replace(each, { ...each, to })}
              />
              {isOvernight(each) && each.from !== each.to && <span className={css.next}>{t`next day`}</span>}
              <IconButton
                size="s"
                label={t`Remove ${each.from}–${each.to} on ${name}`}
                onClick={() => onChange(weekly.filter((other) => other !== each))}
              >
                <X size={14} aria-hidden="true" />
              </IconButton>
            </div>
          ))}
          {fault && (
            <p className={css.fault} role="alert">
              {fault === 'empty' ? t`They begin and end at the same time.` : t`These hours overlap others.`}
            </p>
          )}
        </div>
      )}
      <div className={css.interval}>
        <IconButton
          size="s"
          label={t`Add hours on ${name}`}
          onClick={() => onChange([...weekly, another(weekly, day)])}
        >
          <Plus size={15} aria-hidden="true" />
        </IconButton>
        {day <= 5 && (
          <IconButton size="s" label={t`Same from Monday to Friday as on ${name}`} onClick={copy}>
            <CopyPlus size={15} aria-hidden="true" />
          </IconButton>
        )}
      </div>
    </li>
  );
}
