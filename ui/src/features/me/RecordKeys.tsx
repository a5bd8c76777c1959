import { useLingui as useCore } from '@lingui/react';
import { useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, useRef, useState } from 'react';
import { Button, Dialog, Field, Input } from '@/design';
import { type CommandId, commandInTheWay, commands, keyName, rebind, SEQUENCE_MS } from '@/keyboard';
import css from './RecordKeys.module.css';

/** Takes one key, or two in a row, for a command. */
export function RecordKeys({ id, onClose }: { id: CommandId; onClose: () => void }) {
  const { t } = useLingui();
  const { _ } = useCore();
  const [keys, setKeys] = useState('');
  const pressedAt = useRef(0);

  function press(event: KeyboardEvent) {
    const name = keyName(event.nativeEvent);
    // Tab and Escape leave the pad, Enter saves: a person without a mouse has to get out of here.
    if (!name || ['tab', 'shift+tab', 'escape'].includes(name)) return;
    event.preventDefault();
    if (name === 'enter' && keys) return save();
    if (name.includes('mod+')) return;
    const second = keys && !keys.includes(' ') && event.timeStamp - pressedAt.current < SEQUENCE_MS;
    pressedAt.current = event.timeStamp;
    setKeys(second ? `${keys} ${name}` : name);
  }

  const taken = keys ? commandInTheWay(keys, id) : undefined;
  const blocked = !keys
    ? t`Press the keys first`
    : taken && t`“${_(commands[taken].label)}” has these keys. Change those first.`;

  function save() {
    if (blocked) return;
    rebind(id, keys);
    onClose();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      size="s"
      title={_(commands[id].label)}
      description={t`Press a key, or two in a row. Chords with ⌘ or Ctrl belong to the browser.`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button variant="primary" blocked={blocked} onClick={save}>
            {t`Save`}
          </Button>
        </>
      }
    >
      <Field label={t`Keys`} hideLabel>
        <Input readOnly className={css.pad} value={keys} placeholder={t`Press the keys…`} onKeyDown={press} />
      </Field>
      <p role="status" className={css.taken}>
        {taken && blocked}
      </p>
    </Dialog>
  );
}
