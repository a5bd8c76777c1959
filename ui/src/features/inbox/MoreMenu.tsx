import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import {
  Archive,
  Download,
  Ellipsis,
  Inbox,
  Link2,
  MailOpen,
  Merge,
  Printer,
  ShieldAlert,
  Sparkles,
  UserRound,
} from 'lucide-react';
import { useState } from 'react';
import { paths } from '@/app/paths';
import { useActions } from '@/conversations/actions';
import { IconButton, Menu, MenuItem, MenuSeparator, toast } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { runCommand, useCommand, useKeys } from '@/keyboard';
import { MergeDialog } from './dialogs';
import { useOpened } from './opened';

export function MoreMenu() {
  const { t } = useLingui();
  const { scope, conversation, advance } = useOpened();
  const { spam, archive, reopen, markUnread } = useActions();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const moreKeys = useKeys('more');
  const modeKeys = useKeys('mode');
  const unreadKeys = useKeys('unread');
  const blocked = useBlocked()(conversation, 'conversation.set_status');
  const { status } = conversation;

  function unread() {
    advance();
    void markUnread(conversation);
  }

  function leave(action: typeof spam) {
    advance();
    void action(conversation);
  }

  async function copyLink() {
    await navigator.clipboard.writeText(
      location.origin + paths.conversation(scope.workspace, 'all', conversation.id),
    );
    toast({ title: t`Link copied` });
  }

  const [merging, setMerging] = useState(false);
  const cannotMerge = useBlocked()(conversation, 'conversation.assign');
  const exported = (format: 'html' | 'text') =>
    `/api/v1/workspaces/${scope.workspace}/conversations/${conversation.id}/export?format=${format}`;

  useCommand('more', () => setOpen(true));
  useCommand('unread', unread);

  return (
    <>
      <Menu
        align="end"
        open={open}
        onOpenChange={setOpen}
        trigger={
          <IconButton label={t`More actions`} keys={moreKeys}>
            <Ellipsis size={16} aria-hidden="true" />
          </IconButton>
        }
      >
        <MenuItem icon={<MailOpen size={15} />} keys={unreadKeys} onSelect={unread}>
          {t`Mark unread`}
        </MenuItem>
        <MenuItem icon={<Link2 size={15} />} onSelect={() => void copyLink()}>
          {t`Copy the link`}
        </MenuItem>
        <MenuItem
          icon={<UserRound size={15} />}
          onSelect={() => void navigate({ to: paths.customer(scope.workspace, conversation.customer.id) })}
        >
          {t`Open the customer`}
        </MenuItem>
        {(conversation.ai_answers || conversation.mode === 'ai') && (
          <MenuItem icon={<Sparkles size={15} />} keys={modeKeys} onSelect={() => void runCommand('mode')}>
            {conversation.mode === 'ai' ? t`Take over from the AI` : t`Hand to the AI`}
          </MenuItem>
        )}
        <MenuItem icon={<Merge size={15} />} blocked={cannotMerge} onSelect={() => setMerging(true)}>
          {t`Merge with another conversation…`}
        </MenuItem>
        <MenuItem icon={<Printer size={15} />} onSelect={() => window.open(exported('html'), '_blank')}>
          {t`Open to print`}
        </MenuItem>
        <MenuItem icon={<Download size={15} />} onSelect={() => window.open(exported('text'), '_blank')}>
          {t`Export as text`}
        </MenuItem>
        <MenuSeparator />
        {status !== 'open' && status !== 'snoozed' && (
          <MenuItem icon={<Inbox size={15} />} blocked={blocked} onSelect={() => void reopen(conversation)}>
            {t`Move to the inbox`}
          </MenuItem>
        )}
        {status !== 'archived' && (
          <MenuItem icon={<Archive size={15} />} blocked={blocked} onSelect={() => leave(archive)}>
            {t`Archive`}
          </MenuItem>
        )}
        {status !== 'spam' && (
          <MenuItem icon={<ShieldAlert size={15} />} danger blocked={blocked} onSelect={() => leave(spam)}>
            {t`Mark as spam`}
          </MenuItem>
        )}
      </Menu>
      {merging && (
        <MergeDialog
          conversation={conversation}
          onClose={() => setMerging(false)}
          onMerged={(into) => void navigate({ to: paths.conversation(scope.workspace, 'all', into) })}
        />
      )}
    </>
  );
}
