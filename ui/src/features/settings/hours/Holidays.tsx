import { useLingui } from '@lingui/react/macro';
import { Plus, X } from 'lucide-react';
import type { BusinessHoursView } from '@/api';
import { Button, IconButton, Input, Section } from '@/design';
import css from './HoursForm.module.css';

type Holiday = BusinessHoursView['holidays'][number];

interface Props {
  holidays: Holiday[];
  onChange: (holidays: Holiday[]) => void;
}

/** Days on which nobody works, whatever the week says. */
export function Holidays({ holidays, onChange }: Props) {
  const { t } = useLingui();
  const replace = (at: number, more: Partial<Holiday>) =>
    onChange(holidays.map((each, index) => (index === at ? { ...each, ...more } : each)));
  const add = () => onChange([...holidays, { date: tomorrow(), name: '' }]);
  return (
    <Section
      title={t`Holidays`}
      description={t`Closed all day, by the calendar of the time zone above.`}
      actions={
        <Button size="s" icon={<Plus size={14} aria-hidden="true" />} onClick={add}>
          {t`Add a holiday`}
        </Button>
      }
    >
      {holidays.length === 0 ? (
        <p className={css.closed}>{t`No holiday yet.`}</p>
      ) : (
        <ul className={css.holidays}>
          {holidays.map((holiday, at) => (
            <li key={at} className={css.holiday}>
              <Input
                type="date"
                className={css.date}
                aria-label={t`Day`}
                value={holiday.date}
                onChange={(event) => event.target.value && replace(at, { date: event.target.value })}
              />
              <Input
                className={css.label}
                aria-label={t`Name`}
                placeholder={t`Such as New Year’s Day`}
                value={holiday.name}
                onChange={(event) => replace(at, { name: event.target.value })}
              />
              <IconButton
                size="s"
                label={t`Remove ${holiday.name || holiday.date}`}
                onClick={() => onChange(holidays.filter((_, index) => index !== at))}
              >
                <X size={14} aria-hidden="true" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function tomorrow(): string {
  const day = new Date();
  day.setDate(day.getDate() + 1);
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

const two = (number: number) => String(number).padStart(2, '0');
