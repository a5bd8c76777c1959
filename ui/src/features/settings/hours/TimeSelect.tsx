import { Select } from '@/design';
import css from './HoursForm.module.css';
import { halfHours } from './week';

interface Props {
  label: string;
  value: string;
  onChange: (time: string) => void;
}

/** A time of day to the half hour; `24:00` is there, which the browser's own field cannot say. */
export function TimeSelect({ label, value, onChange }: Props) {
  const times = halfHours.includes(value) ? halfHours : [...halfHours, value].sort();
  return (
    <Select
      className={css.time}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {times.map((time) => (
        <option key={time} value={time}>
          {time}
        </option>
      ))}
    </Select>
  );
}
