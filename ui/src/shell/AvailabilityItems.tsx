import { useLingui } from '@lingui/react/macro';
import { MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '@/design';
import { useTimes } from '@/i18n/time';
import { PresenceDot } from './PresenceDot';
import { useAvailability } from './useAvailability';

const MINUTE = 60_000;

/** Here or away, for a while or until one says otherwise. */
export function AvailabilityItems() {
  const { t } = useLingui();
  const times = useTimes();
  const { availability, blocked, set } = useAvailability();
  if (!availability) return null;
  const idle = availability.cause === 'idle';
  const until = availability.until ? times.soon(new Date(availability.until)) : null;
  const away = (moment: Date | null) => set({ status: 'away', until: moment?.toISOString() ?? null });
  const later = (minutes: number) => new Date(Date.now() + minutes * MINUTE);
  return (
    <>
      <MenuChoice
        label={t`New conversations`}
        value={availability.status}
        options={[
          {
            value: 'available',
            label: t`Available`,
            icon: <PresenceDot status="available" />,
            hint: availability.status === 'available' && until ? t`until ${until}` : undefined,
            blocked,
          },
          {
            value: 'away',
            label: t`Away`,
            icon: <PresenceDot status="away" />,
            hint: idle
              ? t`set because nothing happened here for a while`
              : availability.status === 'away' && until
                ? t`until ${until}`
                : t`they go to somebody else`,
            blocked,
          },
        ]}
        onChange={(status) => void (status === 'away' ? away(null) : set({ status, until: null }))}
      />
      <MenuLabel>{t`Away until`}</MenuLabel>
      <MenuItem blocked={blocked} onSelect={() => void away(later(30))}>{t`in 30 minutes`}</MenuItem>
      <MenuItem blocked={blocked} onSelect={() => void away(later(60))}>{t`in an hour`}</MenuItem>
      <MenuItem blocked={blocked} onSelect={() => void away(tomorrow())}>
        {t`tomorrow at 9:00`}
      </MenuItem>
      <MenuSeparator />
    </>
  );
}

function tomorrow(): Date {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 9);
}
