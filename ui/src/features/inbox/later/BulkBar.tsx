import { Plural, useLingui } from '@lingui/react/macro';
import {
  AlarmClock,
  Archive,
  Check,
  Ellipsis,
  Hand,
  MailOpen,
  ShieldAlert,
  Sparkles,
  StickyNote,
  Tag,
  UserPlus,
  Users,
  X,
} from 'lucide-react';
import { useState } from 'react';
import type { ConversationAction } from '@/api';
import { useBlockedHere } from '@/app/session';
import { findConversation } from '@/conversations/cache';
import { useLabels } from '@/conversations/labels';
import { useMembers } from '@/conversations/members';
import { useTeams } from '@/conversations/teams';
import { useUnfit } from '@/conversations/unfit';
import { Avatar, Button, IconButton, LabelChip, Menu, MenuItem, MenuLabel, MenuSeparator } from '@/design';
import { useTimes } from '@/i18n/time';
import { type CommandId, useCommand, useKeys } from '@/keyboard';
import type { ListSelection } from '../selection';
import { snoozePresets } from '../snooze';
import type { Inbox } from '../useInbox';
import { useSnoozeNames } from '../useSnoozeNames';
import css from './BulkBar.module.css';
import { BulkNote } from './BulkNote';
import { useBulk } from './useBulk';

interface Props {
  inbox: Inbox;
  selection: ListSelection;
  /** Whether there is more than what is loaded. */
  more: boolean;
  loaded: number;
}

/** What can be done with everything that is selected. While it is there, the keys mean the selection. */
export function BulkBar({ inbox, selection, more, loaded }: Props) {
  const { t } = useLingui();
  const run = useBulk(inbox, selection);
  const status = useBlockedHere()('conversation.set_status');
  const doneKeys = useKeys('done');
  const count = selection.ids.size;
  const [first = ''] = selection.ids;
  const answers = findConversation(inbox.scope, first)?.ai_answers ?? true;
  const close = () =>
    !status &&
    void run(
      { kind: 'status', status: 'solved' },
      t({ message: 'Marked as done', context: 'several conversations' }),
    );
  useCommand('done', close);

  return (
    <div className={css.bar} data-over-list role="toolbar" aria-label={t`With the selected conversations`}>
      <p className={css.count} role="status">
        {selection.everything ? (
          t`All that match`
        ) : (
          <Plural value={count} one="# selected" other="# selected" />
        )}
        {!selection.everything && more && count >= loaded && (
          <Button size="s" variant="ghost" onClick={selection.selectEverything}>
            {t`Select all that match`}
          </Button>
        )}
      </p>
      <Assign run={run} />
      <Label run={run} />
      <Snooze run={run} />
      <Button
        variant="ghost"
        icon={<Check size={15} aria-hidden="true" />}
        keys={doneKeys}
        blocked={status}
        onClick={close}
      >
        {t({ message: 'Done', context: 'button' })}
      </Button>
      <More run={run} answers={answers} />
      <IconButton label={t`Clear the selection`} side="top" onClick={selection.clear}>
        <X size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

interface RunProps {
  run: (action: ConversationAction, done: string) => Promise<void>;
}

/** A menu that opens by a command's keys too. */
function useMenu(command: CommandId) {
  const [open, onOpenChange] = useState(false);
  useCommand(command, () => onOpenChange(true));
  return { open, onOpenChange };
}

function Assign({ run }: RunProps) {
  const { t } = useLingui();
  const members = useMembers();
  const unfit = useUnfit();
  const teams = useTeams();
  const blocked = useBlockedHere()('conversation.assign');
  const keys = useKeys('assign');
  const menu = useMenu('assign');
  return (
    <Menu
      {...menu}
      side="top"
      trigger={
        <IconButton label={t`Assign…`} keys={keys} side="top">
          <UserPlus size={16} aria-hidden="true" />
        </IconButton>
      }
    >
      <MenuLabel>{t`Assign to`}</MenuLabel>
      {members.map((member) => {
        const { id, name, seat_type, availability } = member;
        return (
          <MenuItem
            key={id}
            icon={<Avatar name={name} size={24} light={seat_type === 'collaborator'} />}
            blocked={unfit(member) ?? blocked}
            detail={availability.status === 'away' ? t`away` : undefined}
            onSelect={() =>
              void run(
                { kind: 'assign', member_id: id },
                t({ message: `Assigned to ${name}`, context: 'several conversations' }),
              )
            }
          >
            {name}
          </MenuItem>
        );
      })}
      {teams.length > 0 && (
        <>
          <MenuSeparator />
          <MenuLabel>{t`Teams`}</MenuLabel>
        </>
      )}
      {teams.map(({ id, name }) => (
        <MenuItem
          key={id}
          icon={<Users size={15} />}
          blocked={blocked}
          onSelect={() => void run({ kind: 'assign_team', team_id: id }, t`Given to ${name}`)}
        >
          {name}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem blocked={blocked} onSelect={() => void run({ kind: 'unassign' }, t`Unassigned`)}>
        {t`Unassign`}
      </MenuItem>
    </Menu>
  );
}

function Label({ run }: RunProps) {
  const { t } = useLingui();
  const labels = useLabels();
  const blocked = useBlockedHere()('label.apply');
  const keys = useKeys('label');
  const menu = useMenu('label');
  return (
    <Menu
      {...menu}
      side="top"
      trigger={
        <IconButton label={t`Labels`} keys={keys} side="top">
          <Tag size={16} aria-hidden="true" />
        </IconButton>
      }
    >
      <MenuLabel>{t`Put on`}</MenuLabel>
      {labels.map((label) => (
        <MenuItem
          key={label.id}
          blocked={blocked}
          onSelect={() => void run({ kind: 'label', label_id: label.id }, t`Label added: ${label.name}`)}
        >
          <LabelChip label={label} />
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuLabel>{t`Take off`}</MenuLabel>
      {labels.map((label) => (
        <MenuItem
          key={label.id}
          blocked={blocked}
          onSelect={() => void run({ kind: 'unlabel', label_id: label.id }, t`Label removed: ${label.name}`)}
        >
          <LabelChip label={label} />
        </MenuItem>
      ))}
    </Menu>
  );
}

function Snooze({ run }: RunProps) {
  const { t } = useLingui();
  const times = useTimes();
  const names = useSnoozeNames();
  const blocked = useBlockedHere()('conversation.set_status');
  const keys = useKeys('snooze');
  const menu = useMenu('snooze');
  return (
    <Menu
      {...menu}
      side="top"
      trigger={
        <IconButton label={t`Snooze`} keys={keys} side="top">
          <AlarmClock size={16} aria-hidden="true" />
        </IconButton>
      }
    >
      <MenuLabel>{t`Snooze until`}</MenuLabel>
      {snoozePresets(new Date()).map(({ preset, until }) => (
        <MenuItem
          key={preset}
          blocked={blocked}
          detail={times.soon(until)}
          onSelect={() => void run({ kind: 'snooze', until: until.toISOString() }, t`Snoozed`)}
        >
          {names[preset]}
        </MenuItem>
      ))}
    </Menu>
  );
}

function More({ run, answers }: RunProps & { answers: boolean }) {
  const { t } = useLingui();
  const blockedHere = useBlockedHere();
  const blocked = blockedHere('conversation.set_status');
  const noAi = answers ? undefined : t`No AI answers in this workspace.`;
  const [noting, setNoting] = useState(false);
  return (
    <>
      <Menu
        side="top"
        align="end"
        trigger={
          <IconButton label={t`More actions`} side="top">
            <Ellipsis size={16} aria-hidden="true" />
          </IconButton>
        }
      >
        <MenuItem
          icon={<MailOpen size={15} />}
          onSelect={() => void run({ kind: 'mark_read', read: true }, t`Marked as read`)}
        >
          {t`Mark as read`}
        </MenuItem>
        <MenuItem
          icon={<StickyNote size={15} />}
          blocked={blockedHere('note.create')}
          onSelect={() => setNoting(true)}
        >
          {t`Write a note…`}
        </MenuItem>
        <MenuItem
          icon={<Hand size={15} />}
          blocked={blockedHere('conversation.take_manual')}
          onSelect={() => void run({ kind: 'mode', mode: 'manual' }, t`Taken over`)}
        >
          {t`Take over`}
        </MenuItem>
        <MenuItem
          icon={<Sparkles size={15} />}
          blocked={noAi ?? blockedHere('conversation.release_to_ai')}
          onSelect={() => void run({ kind: 'mode', mode: 'ai' }, t`Given to the AI`)}
        >
          {t`Let the AI answer`}
        </MenuItem>
        <MenuSeparator />
        <MenuItem
          icon={<Check size={15} />}
          blocked={blocked}
          onSelect={() =>
            void run(
              { kind: 'status', status: 'open' },
              t({ message: 'Reopened', context: 'several conversations' }),
            )
          }
        >
          {t`Move to the inbox`}
        </MenuItem>
        <MenuItem
          icon={<Archive size={15} />}
          blocked={blocked}
          onSelect={() => void run({ kind: 'status', status: 'archived' }, t`Archived`)}
        >
          {t`Archive`}
        </MenuItem>
        <MenuItem
          icon={<ShieldAlert size={15} />}
          danger
          blocked={blocked}
          onSelect={() =>
            void run(
              { kind: 'status', status: 'spam' },
              t({ message: 'Moved to spam', context: 'several conversations' }),
            )
          }
        >
          {t`Mark as spam`}
        </MenuItem>
      </Menu>
      {noting && <BulkNote run={run} onClose={() => setNoting(false)} />}
    </>
  );
}
