import { useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { Button, Dialog, Field, Input } from '@/design';
import { readTask } from '@/features/tasks/due';
import { useTimes } from '@/i18n/time';
import { snoozePresets } from '../snooze';
import { useSnoozeNames } from '../useSnoozeNames';
import css from './MomentDialog.module.css';

interface Props {
  title: string;
  /** The words on the button. */
  confirm: string;
  onClose: () => void;
  onChoose: (moment: Date) => void;
}

/** Asks for a moment to come: one of the usual ones, in words such as “thu 9am”, or by the calendar. */
export function MomentDialog({ title, confirm, onClose, onChoose }: Props) {
  const { t, i18n } = useLingui();
  const times = useTimes();
  const names = useSnoozeNames();
  const [words, setWords] = useState('');
  const [picked, setPicked] = useState('');
  const read = words ? readTask(words, i18n.locale, new Date()).due : null;
  const moment = picked ? new Date(picked) : read;
  const valid = moment !== null && moment.getTime() > Date.now();

  function choose(date: Date) {
    onClose();
    onChoose(date);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (valid) choose(moment);
  }

  const hint = read ? times.full(read.toISOString()) : t`For example: tomorrow at 9, in two hours, friday`;
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      size="s"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button
            type="submit"
            form="moment"
            variant="primary"
            blocked={valid ? undefined : t`Choose a moment in the future`}
          >
            {confirm}
          </Button>
        </>
      }
    >
      <form id="moment" className={css.form} onSubmit={submit}>
        <Field label={t`When`} hint={hint}>
          <Input
            value={words}
            onChange={(event) => {
              setWords(event.target.value);
              setPicked('');
            }}
          />
        </Field>
        <div className={css.presets}>
          {snoozePresets(new Date()).map(({ preset, until }) => (
            <Button
              key={preset}
              size="s"
              title={times.full(until.toISOString())}
              onClick={() => choose(until)}
            >
              {names[preset]}
            </Button>
          ))}
        </div>
        <Field
          label={t`Date and time`}
          error={moment && !valid ? t`Choose a moment in the future` : undefined}
        >
          <Input type="datetime-local" value={picked} onChange={(event) => setPicked(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
