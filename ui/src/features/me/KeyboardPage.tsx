import { useLingui as useCore } from '@lingui/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useTitle } from '@/app/useTitle';
import { Button, Kbd, Page, Section, Switch, useStore } from '@/design';
import {
  bindings,
  type Command,
  type CommandId,
  commandIds,
  commands,
  keysOf,
  setBindings,
} from '@/keyboard';
import css from './KeyboardPage.module.css';
import { RecordKeys } from './RecordKeys';

export default function KeyboardPage() {
  const { t } = useLingui();
  const { enabled, changed } = useStore(bindings);
  const [recording, setRecording] = useState<CommandId | null>(null);
  const groups = [
    { key: 'move', title: t`Move` },
    { key: 'act', title: t`Act` },
    { key: 'write', title: t`Write` },
  ] as const;
  useTitle(t`Keyboard`);
  return (
    <Page
      title={t`Keyboard`}
      description={t`Kept on this device. Nothing uses Alt, so accents and @ work on every keyboard.`}
      actions={
        Object.keys(changed).length > 0 && (
          <Button
            onClick={() => setBindings({ enabled, changed: {} })}
          >{t`Restore the standard keys`}</Button>
        )
      }
    >
      <Section>
        <div className={css.switch}>
          <span>
            <b>{t`Single-key shortcuts`}</b>
            <small>{t`Off, only ⌘ and Ctrl chords work: useful with speech input.`}</small>
          </span>
          <Switch
            label={t`Single-key shortcuts`}
            checked={enabled}
            onChange={(on) => setBindings({ enabled: on, changed })}
          />
        </div>
      </Section>
      {groups.map(({ key, title }) => (
        <Section key={key} title={title} flush>
          <ul className={css.list}>
            {commandIds
              .filter((id) => commands[id].group === key)
              .map((id) => (
                <Row key={id} id={id} changed={id in changed} onChange={() => setRecording(id)} />
              ))}
          </ul>
        </Section>
      ))}
      {recording && <RecordKeys id={recording} onClose={() => setRecording(null)} />}
    </Page>
  );
}

interface RowProps {
  id: CommandId;
  changed: boolean;
  onChange: () => void;
}

function Row({ id, changed, onChange }: RowProps) {
  const { t } = useLingui();
  const { _ } = useCore();
  const command: Command = commands[id];
  const label = _(command.label);
  return (
    <li className={css.row}>
      <span className={css.label}>
        {label}
        {changed && <small>{t`Changed`}</small>}
      </span>
      <Kbd keys={keysOf(id)} />
      <Button
        size="s"
        variant="ghost"
        aria-label={t`Change the keys of “${label}”`}
        blocked={command.fixed && t`Chords are the same everywhere and cannot be changed.`}
        onClick={onChange}
      >
        {t`Change`}
      </Button>
    </li>
  );
}
