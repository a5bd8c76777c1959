import { useLingui } from '@lingui/react/macro';
import { AlarmClock, AlarmClockOff, CalendarClock } from 'lucide-react';
import { useState } from 'react';
import { useActions } from '@/conversations/actions';
import { IconButton, Menu, MenuItem, MenuLabel, MenuSeparator } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { useTimes } from '@/i18n/time';
import { useCommand, useKeys } from '@/keyboard';
import { MomentDialog } from './dialogs';
import { useOpened } from './opened';
import { useSelecting } from './selection';
import { snoozePresets } from './snooze';
import { useSnoozeNames } from './useSnoozeNames';

export function SnoozeMenu() {
  const { t } = useLingui();
  const { conversation, advance } = useOpened();
  const { snooze, wake } = useActions();
  const [open, setOpen] = useState(false);
  const [picking, setPicking] = useState(false);
  const times = useTimes();
  const names = useSnoozeNames();
  const keys = useKeys('snooze');
  const blocked = useBlocked()(conversation, 'conversation.set_status');
  useCommand('snooze', () => setOpen(true), !useSelecting());

  function until(date: Date) {
    advance();
    void snooze(conversation, date);
  }

  return (
    <>
      <Menu
        align="end"
        open={open}
        onOpenChange={setOpen}
        trigger={
          <IconButton label={t`Snooze`} keys={keys}>
            <AlarmClock size={16} aria-hidden="true" />
          </IconButton>
        }
      >
        <MenuLabel>{t`Snooze until`}</MenuLabel>
        {snoozePresets(new Date()).map(({ preset, until: date }) => (
          <MenuItem key={preset} blocked={blocked} detail={times.soon(date)} onSelect={() => until(date)}>
            {names[preset]}
          </MenuItem>
        ))}
        <MenuItem icon={<CalendarClock size={15} />} blocked={blocked} onSelect={() => setPicking(true)}>
          {t`Choose a moment…`}
        </MenuItem>
        {conversation.status === 'snoozed' && (
          <>
            <MenuSeparator />
            <MenuItem
              icon={<AlarmClockOff size={15} />}
              blocked={blocked}
              onSelect={() => void wake(conversation)}
            >
              {t`Wake it up now`}
            </MenuItem>
          </>
        )}
      </Menu>
      {picking && (
        <MomentDialog
          title={t`Snooze until`}
          confirm={t`Snooze`}
          onClose={() => setPicking(false)}
          onChoose={until}
        />
      )}
    </>
  );
}
