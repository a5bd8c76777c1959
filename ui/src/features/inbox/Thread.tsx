import { useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { useActions } from '@/conversations/actions';
import { useCommand } from '@/keyboard';
import { Composer } from './Composer';
import { PendingHandover } from './dialogs';
import { Messages } from './Messages';
import { useOpened } from './opened';
import { clearSelection, isSelecting } from './selection';
import css from './Thread.module.css';
import { ThreadHeader } from './ThreadHeader';

/** Reading takes a moment: a conversation passed by on the way stays unread. */
const READ_MS = 900;

export function Thread() {
  const { t } = useLingui();
  const { conversation, close } = useOpened();
  const { pending_handover: handover } = conversation;
  useMarkRead();
  useCommand('open', () => document.getElementById('messages')?.focus());

  // Escape leaves the text first, then the conversation.
  function onEscape(event: React.KeyboardEvent) {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    if (event.target instanceof HTMLTextAreaElement) document.getElementById('messages')?.focus();
    else if (isSelecting()) clearSelection();
    else close();
  }

  return (
    <section
      className={css.thread}
      aria-label={t`Conversation with ${conversation.customer.display_name}`}
      onKeyDown={onEscape}
    >
      <ThreadHeader />
      {handover && <PendingHandover key={handover.id} handover={handover} />}
      <Messages />
      <Composer />
    </section>
  );
}

function useMarkRead() {
  const { conversation } = useOpened();
  const { markRead } = useActions();
  useEffect(() => {
    if (conversation.unread_count === 0) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watch = () => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible' && document.hasFocus()) {
        timer = setTimeout(() => void markRead(conversation), READ_MS);
      }
    };
    watch();
    for (const event of ['focus', 'blur', 'visibilitychange']) window.addEventListener(event, watch);
    return () => {
      clearTimeout(timer);
      for (const event of ['focus', 'blur', 'visibilitychange']) window.removeEventListener(event, watch);
    };
  }, [conversation, markRead]);
}
