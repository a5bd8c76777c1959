import { useLingui } from '@lingui/react/macro';
import type { SeatType } from '@/api';
import { useBlockedHere } from '@/app/session';
import { reasonOf, Select } from '@/design';
import { FormField } from '@/form';

interface Props {
  value: SeatType;
  onChange: (seat: SeatType) => void;
}

/** Chooses the kind of seat for somebody new. */
export function SeatField({ value, onChange }: Props) {
  const { t } = useLingui();
  const blocked = useBlockedHere();
  const seats = [
    { seat: 'full', label: t`Full seat`, blocked: blocked('member.invite') },
    { seat: 'collaborator', label: t`Light seat`, blocked: blocked('member.invite_collaborator') },
  ];
  return (
    <FormField
      name="seat_type"
      label={t`Seat`}
      hint={
        value === 'full'
          ? t`Everything the role gives.`
          : t`Internal help: reads along and writes notes, and never reaches a customer, whatever the role says.`
      }
    >
      <Select value={value} onChange={(event) => onChange(event.target.value as SeatType)}>
        {seats.map(({ seat, label, blocked }) => (
          <option key={seat} value={seat} disabled={blocked !== undefined}>
            {blocked ? `${label} · ${reasonOf(blocked)}` : label}
          </option>
        ))}
      </Select>
    </FormField>
  );
}
