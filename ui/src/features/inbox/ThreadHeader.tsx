import { useLingui } from '@lingui/react/macro';
import { ArrowLeft, Check, PanelRight, RotateCcw } from 'lucide-react';
import { useActions } from '@/conversations/actions';
import { Button, IconButton, Kbd, useStore } from '@/design';
import { useMedia } from '@/design/useMedia';
import { useBlocked } from '@/i18n/reason';
import { useCommand, useKeys } from '@/keyboard';
import { profileOpen, toggle } from '@/shell/state';
import { AssignMenu } from './AssignMenu';
import { customerDrawer } from './CustomerPane';
import { LabelChips, LabelMenu } from './LabelMenu';
import { ModeSwitch } from './ModeSwitch';
import { MoreMenu } from './MoreMenu';
import { useOpened } from './opened';
import { PresenceFaces } from './PresenceFaces';
import { SnoozeMenu } from './SnoozeMenu';
import { useSelecting } from './selection';
import css from './ThreadHeader.module.css';

export function ThreadHeader() {
  const { t } = useLingui();
  const { conversation, close } = useOpened();
  const drawer = useMedia('(max-width: 1320px)');
  // On a phone the list, and its heading, is out of sight.
  const Heading = useMedia('(max-width: 760px)') ? 'h1' : 'h2';
  const pane = drawer ? customerDrawer : profileOpen;
  const paneOpen = useStore(pane);
  const paneKeys = useKeys('profile');
  useCommand('profile', () => toggle(pane));

  return (
    <header className={css.header}>
      <IconButton label={t`Back to the list`} className={css.back} onClick={close}>
        <ArrowLeft size={20} aria-hidden="true" />
      </IconButton>
      <div className={css.heading}>
        <Heading className={css.title}>{conversation.subject ?? conversation.customer.display_name}</Heading>
        <p className={css.facts}>
          <span className={css.channel}>{conversation.channel.name}</span>
          <AssignMenu />
        </p>
      </div>
      <PresenceFaces conversation={conversation.id} />
      <ModeSwitch />
      <LabelMenu />
      <SnoozeMenu />
      <DoneButton />
      <MoreMenu />
      <IconButton
        label={t`Customer`}
        keys={paneKeys}
        aria-pressed={paneOpen}
        className={css.pane}
        onClick={() => toggle(pane)}
      >
        <PanelRight size={16} aria-hidden="true" />
      </IconButton>
      {conversation.label_ids.length > 0 && (
        <div className={css.labels}>
          <LabelChips ids={conversation.label_ids} most={6} />
        </div>
      )}
    </header>
  );
}

/** Done takes a conversation off the table and moves on; a closed one comes back with the same key. */
function DoneButton() {
  const { t } = useLingui();
  const { conversation, advance } = useOpened();
  const actions = useActions();
  const keys = useKeys('done');
  const blocked = useBlocked()(conversation, 'conversation.set_status');
  const open = conversation.status === 'open' || conversation.status === 'snoozed';

  function run() {
    if (blocked) return;
    if (open) {
      advance();
      void actions.done(conversation);
    } else void actions.reopen(conversation);
  }
  useCommand('done', run, !useSelecting());

  return (
    <Button
      className={css.done}
      blocked={blocked}
      icon={open ? <Check size={15} aria-hidden="true" /> : <RotateCcw size={14} aria-hidden="true" />}
      onClick={run}
    >
      <span className={css.doneText}>{open ? t({ message: 'Done', context: 'button' }) : t`Reopen`}</span>
      {keys && <Kbd keys={keys} />}
    </Button>
  );
}
