import { useLingui } from '@lingui/react/macro';
import { useNavigate, useParams } from '@tanstack/react-router';
import {
  AlarmClock,
  Archive,
  Bell,
  Bookmark,
  Check,
  Handshake,
  Keyboard,
  ListChecks,
  Lock,
  MailOpen,
  PenLine,
  RotateCcw,
  Settings,
  ShieldAlert,
  Sparkles,
  Tag,
  Undo2,
  UserPlus,
  Users,
  UsersRound,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { paths, type View, views } from '@/app/paths';
import { useActions } from '@/conversations/actions';
import { findConversation } from '@/conversations/cache';
import { useLabels } from '@/conversations/labels';
import { useMembers } from '@/conversations/members';
import { useSavedSearches } from '@/conversations/saved';
import { useScope } from '@/conversations/scope';
import { useTeams } from '@/conversations/teams';
import { useUnfit } from '@/conversations/unfit';
import { Avatar, type Refusal } from '@/design';
import { snoozePresets } from '@/features/inbox/snooze';
import { useSnoozeNames } from '@/features/inbox/useSnoozeNames';
import { useBlocked } from '@/i18n/reason';
import { useTimes } from '@/i18n/time';
import { type CommandId, keysOf, runCommand } from '@/keyboard';
import { overlay } from '@/shell/state';
import { viewInfo } from '@/shell/views';
import { useMacroItems } from './useMacroItems';

export interface PaletteItem {
  id: string;
  label: string;
  icon: ReactNode;
  keys?: string;
  detail?: string;
  blocked?: Refusal | undefined;
  /** A list one level down. */
  items?: PaletteItem[];
  run?: () => void;
}

export interface PaletteGroup {
  title: string;
  items: PaletteItem[];
}

/** The commands: what is open comes first. */
export function usePaletteItems() {
  const { t } = useLingui();
  const about = useConversationItems();
  const pages = usePageItems();
  const undo: PaletteItem = {
    id: 'undo',
    label: t`Undo the last action`,
    icon: <Undo2 size={16} />,
    keys: keysOf('undo'),
    run: () => void runCommand('undo'),
  };
  const shortcuts: PaletteItem = {
    id: 'shortcuts',
    label: t`Keyboard shortcuts`,
    icon: <Keyboard size={16} />,
    keys: keysOf('shortcuts'),
    run: () => overlay.set('shortcuts'),
  };
  const groups: PaletteGroup[] = [
    ...(about ? [{ title: t`This conversation`, items: about.items }] : []),
    { title: t`Go to`, items: pages },
    { title: t`More`, items: [undo, shortcuts] },
  ];
  return { subject: about?.subject, groups };
}

function usePageItems(): PaletteItem[] {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const { workspace } = useScope();
  const teams = useTeams();
  const saved = useSavedSearches();
  return [
    ...views.map((view: View, at): PaletteItem => {
      const Icon = viewInfo[view].icon;
      return {
        id: `view-${view}`,
        label: i18n._(viewInfo[view].label),
        icon: <Icon size={16} />,
        keys: keysOf(`view${at + 1}` as CommandId),
        run: () => void navigate({ to: paths.inbox(workspace, view) }),
      };
    }),
    ...teams.map(
      ({ id, name }): PaletteItem => ({
        id: `team-${id}`,
        label: name,
        icon: <UsersRound size={16} />,
        run: () => void navigate({ to: paths.inbox(workspace, `team.${id}`) }),
      }),
    ),
    ...saved.map(
      ({ id, name }): PaletteItem => ({
        id: `saved-${id}`,
        label: name,
        icon: <Bookmark size={16} />,
        run: () => void navigate({ to: paths.inbox(workspace, `saved.${id}`) }),
      }),
    ),
    {
      id: 'notifications',
      label: t`Notifications`,
      icon: <Bell size={16} />,
      run: () => void navigate({ to: paths.notifications(workspace) }),
    },
    {
      id: 'tasks',
      label: t`Tasks`,
      icon: <ListChecks size={16} />,
      keys: keysOf('goTasks'),
      run: () => void navigate({ to: paths.tasks(workspace) }),
    },
    {
      id: 'customers',
      label: t`Customers`,
      icon: <Users size={16} />,
      keys: keysOf('goCustomers'),
      run: () => void navigate({ to: paths.customers(workspace) }),
    },
    {
      id: 'settings',
      label: t`Settings`,
      icon: <Settings size={16} />,
      keys: keysOf('goSettings'),
      run: () => void navigate({ to: paths.settings(workspace) }),
    },
  ];
}

/** What can be done with the open conversation. The page itself does what its keys do. */
function useConversationItems(): { subject: string; items: PaletteItem[] } | null {
  const { t } = useLingui();
  const scope = useScope();
  const opened = useParams({ strict: false }).conversation;
  const conversation = opened ? findConversation(scope, opened) : undefined;
  const { snooze, assign, label, spam, archive } = useActions();
  const labels = useLabels();
  const macros = useMacroItems(conversation);
  const members = useMembers();
  const unfit = useUnfit();
  const times = useTimes();
  const snoozeNames = useSnoozeNames();
  const blocked = useBlocked();
  if (!conversation) return null;

  const status = blocked(conversation, 'conversation.set_status');
  const assigning = blocked(conversation, 'conversation.assign');
  const open = conversation.status === 'open' || conversation.status === 'snoozed';
  const press = (id: CommandId) => () => void runCommand(id);

  const items: PaletteItem[] = [
    {
      id: 'done',
      label: open ? t`Mark as done` : t`Reopen`,
      icon: open ? <Check size={16} /> : <RotateCcw size={16} />,
      keys: keysOf('done'),
      blocked: status,
      run: press('done'),
    },
    {
      id: 'reply',
      label: t`Reply`,
      icon: <PenLine size={16} />,
      keys: keysOf('reply'),
      blocked: blocked(conversation, 'conversation.reply'),
      run: press('reply'),
    },
    {
      id: 'note',
      label: t`Write a note`,
      icon: <Lock size={16} />,
      keys: keysOf('note'),
      blocked: blocked(conversation, 'note.create'),
      run: press('note'),
    },
    {
      id: 'handover',
      label: t`Hand over with a note…`,
      icon: <Handshake size={16} />,
      keys: keysOf('handover'),
      blocked: assigning,
      run: press('handover'),
    },
    {
      id: 'label',
      label: t`Labels…`,
      icon: <Tag size={16} />,
      keys: keysOf('label'),
      blocked: blocked(conversation, 'label.apply'),
      items: labels.map((each) => {
        const on = conversation.label_ids.includes(each.id);
        return {
          id: `label-${each.id}`,
          label: on ? t`Take off ${each.name}` : t`Put on ${each.name}`,
          icon: <Tag size={16} />,
          run: () => void label(conversation, each, !on),
        };
      }),
    },
    {
      id: 'mode',
      label: conversation.mode === 'ai' ? t`Take over from the AI` : t`Hand to the AI`,
      icon: <Sparkles size={16} />,
      keys: keysOf('mode'),
      run: press('mode'),
    },
    ...macros,
    {
      id: 'assign',
      label: t`Assign to…`,
      icon: <UserPlus size={16} />,
      keys: keysOf('assign'),
      blocked: assigning,
      items: members.map((member) => {
        const { id, name, is_me } = member;
        return {
          id: `assign-${id}`,
          label: is_me ? t`Assign to ${name} (you)` : t`Assign to ${name}`,
          icon: <Avatar name={name} size={24} />,
          blocked: unfit(member),
          run: () => void assign(conversation, { id, name }),
        };
      }),
    },
    {
      id: 'snooze',
      label: t`Snooze until…`,
      icon: <AlarmClock size={16} />,
      keys: keysOf('snooze'),
      blocked: status,
      items: snoozePresets(new Date()).map(({ preset, until }) => ({
        id: `snooze-${preset}`,
        label: t`Snooze: ${snoozeNames[preset]}`,
        icon: <AlarmClock size={16} />,
        detail: times.soon(until),
        run: () => void snooze(conversation, until),
      })),
    },
    {
      id: 'unread',
      label: t`Mark unread`,
      icon: <MailOpen size={16} />,
      keys: keysOf('unread'),
      run: press('unread'),
    },
    {
      id: 'archive',
      label: t`Archive`,
      icon: <Archive size={16} />,
      blocked: status,
      run: () => void archive(conversation),
    },
    {
      id: 'spam',
      label: t`Mark as spam`,
      icon: <ShieldAlert size={16} />,
      blocked: status,
      run: () => void spam(conversation),
    },
  ];
  return { subject: conversation.customer.display_name, items };
}
