import { useLingui } from '@lingui/react/macro';
import { Copy, Ellipsis, Split } from 'lucide-react';
import { conversationSplit, type MessageView } from '@/api';
import { useFailure } from '@/app/useFailure';
import { UNDO } from '@/conversations/act';
import { IconButton, Menu, MenuItem, toast } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { useOpened } from '../opened';
import { useOfferUndo } from './useOfferUndo';

interface Props {
  message: MessageView;
  /** Whether the conversation begins with it. */
  first: boolean;
}

/** What can be done with one message. */
export function MessageMenu({ message, first }: Props) {
  const { t } = useLingui();
  const { scope, conversation } = useOpened();
  const failed = useFailure();
  const offer = useOfferUndo();
  const refused = useBlocked()(conversation, 'conversation.assign');
  const blocked =
    conversation.status === 'archived'
      ? t`It is archived: only what goes on can be split.`
      : first
        ? t`Nothing was said before this.`
        : refused;

  async function split() {
    try {
      const { response } = await conversationSplit({
        path: { workspace_id: scope.workspace, conversation_id: conversation.id },
        body: { from_seq: message.seq },
      });
      offer(t`What came before is in the archive`, response.headers.get(UNDO));
    } catch (error) {
      failed(t`Not split`, error);
    }
  }

  async function copy() {
    await navigator.clipboard.writeText(message.text);
    toast({ title: t`Text copied` });
  }

  return (
    <Menu
      align="end"
      trigger={
        <IconButton size="s" label={t`More about this message`}>
          <Ellipsis size={14} aria-hidden="true" />
        </IconButton>
      }
    >
      {message.text && (
        <MenuItem icon={<Copy size={15} />} onSelect={() => void copy()}>
          {t`Copy the text`}
        </MenuItem>
      )}
      <MenuItem icon={<Split size={15} />} blocked={blocked} onSelect={() => void split()}>
        {t`Start a new conversation here`}
      </MenuItem>
    </Menu>
  );
}
