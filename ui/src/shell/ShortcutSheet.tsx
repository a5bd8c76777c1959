import { useLingui as useCore } from '@lingui/react';
import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { paths } from '@/app/paths';
import { Dialog, Kbd, useStore } from '@/design';
import { bindings, type CommandId, commandIds, commands, keysOf } from '@/keyboard';
import css from './ShortcutSheet.module.css';

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const { enabled } = useStore(bindings);
  const groups = [
    { key: 'move', title: t`Move` },
    { key: 'act', title: t`Act` },
    { key: 'write', title: t`Write` },
  ];
  return (
    <Dialog open onClose={onClose} title={t`Keyboard shortcuts`} size="l">
      {!enabled && <p className={css.off}>{t`Single keys are turned off. Only ⌘ and Ctrl chords work.`}</p>}
      <div className={css.groups}>
        {groups.map((group) => (
          <section key={group.key} className={css.group}>
            <h3 className={css.title}>{group.title}</h3>
            <dl>
              {commandIds
                .filter((id) => commands[id].group === group.key)
                .map((id) => (
                  <Row key={id} id={id} />
                ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={css.note}>
        {t`Nothing uses Alt, so accents and @ work on every keyboard.`}{' '}
        <Link to={paths.me('keyboard')} onClick={onClose}>{t`Change the keys`}</Link>
      </p>
    </Dialog>
  );
}

function Row({ id }: { id: CommandId }) {
  const { _ } = useCore();
  return (
    <div className={css.row}>
      <dt>{_(commands[id].label)}</dt>
      <dd>
        <Kbd keys={keysOf(id)} />
      </dd>
    </div>
  );
}
