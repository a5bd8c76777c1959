import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import {
  assignmentDelete,
  assignmentPut,
  type ConversationView,
  conversationClaim,
  conversationLabelDelete,
  conversationLabelPut,
  isPreviewed,
  type LabelView,
  type MemberRef,
  modePut,
  readPut,
  snoozeDelete,
  snoozePut,
  statusPut,
  type TeamRef,
} from '@/api';
import { useMe } from '@/app/session';
import { useAct } from './act';
import { findConversation, holdPatch, putConversation } from './cache';
import { inOrder } from './change';
import { recount, shiftCounters } from './counters';
import { type Scope, useScope } from './scope';

type Status = 'open' | 'solved' | 'spam' | 'archived';

/** What a person can do with a conversation: on screen at once, with a way back. */
export function useActions() {
  const { t } = useLingui();
  const scope = useScope();
  const me = useMe().account.name;
  const act = useAct();

  return useMemo(() => {
    const path = (id: string) => ({ workspace_id: scope.workspace, conversation_id: id });

    const putStatus = (conversation: ConversationView, status: Status, done: string) =>
      act({
        conversation,
        patch: { status, snoozed_until: null },
        request: () => statusPut({ path: path(conversation.id), body: { status } }),
        done,
      });

    return {
      done: (conversation: ConversationView) => putStatus(conversation, 'solved', t`Marked as done`),
      reopen: (conversation: ConversationView) => putStatus(conversation, 'open', t`Reopened`),
      spam: (conversation: ConversationView) => putStatus(conversation, 'spam', t`Moved to spam`),
      archive: (conversation: ConversationView) =>
        putStatus(conversation, 'archived', t`Conversation archived`),

      snooze(conversation: ConversationView, moment: Date) {
        const until = moment.toISOString();
        return act({
          conversation,
          patch: { status: 'snoozed', snoozed_until: until },
          request: () => snoozePut({ path: path(conversation.id), body: { until } }),
          done: t`Conversation snoozed`,
        });
      },
      wake: (conversation: ConversationView) =>
        act({
          conversation,
          patch: { status: 'open', snoozed_until: null },
          request: () => snoozeDelete({ path: path(conversation.id) }),
          done: t`Back in the inbox`,
        }),

      assign: (conversation: ConversationView, member: MemberRef | null) =>
        act({
          conversation,
          patch: { assignee: member },
          request: () =>
            member
              ? assignmentPut({ path: path(conversation.id), body: { member_id: member.id } })
              : assignmentDelete({ path: path(conversation.id) }),
          done: member ? t`Assigned to ${member.name}` : t`Unassigned`,
        }),
      /** To a team: its strategy decides who of them gets it. */
      assignTeam: (conversation: ConversationView, team: TeamRef) =>
        act({
          conversation,
          patch: { team, assignee: null },
          request: () => assignmentPut({ path: path(conversation.id), body: { team_id: team.id } }),
          done: t`Given to ${team.name}`,
        }),
      /** Takes a free conversation: of two people who try, one gets it. */
      claim: (conversation: ConversationView) =>
        act({
          conversation,
          patch: { assignee: { id: scope.member, name: me } },
          request: () => conversationClaim({ path: path(conversation.id) }),
          done: t`Assigned to you`,
        }),

      label(conversation: ConversationView, { id: label_id, name }: LabelView, on: boolean) {
        const others = conversation.label_ids.filter((id) => id !== label_id);
        const request = on ? conversationLabelPut : conversationLabelDelete;
        return act({
          conversation,
          patch: { label_ids: on ? [...others, label_id] : others },
          request: () => request({ path: { ...path(conversation.id), label_id } }),
          done: on ? t`Label added: ${name}` : t`Label removed: ${name}`,
        });
      },

      /** Who answers from now on; what the AI is about to say is stopped when a person takes over. */
      setMode: (conversation: ConversationView, mode: 'manual' | 'ai') =>
        act({
          conversation,
          patch: { mode },
          request: () => modePut({ path: path(conversation.id), body: { mode } }),
        }),

      markRead: (conversation: ConversationView) => mark(scope, conversation, conversation.last_seq, 0),
      markUnread: (conversation: ConversationView) =>
        mark(scope, conversation, Math.max(0, conversation.last_inbound_seq - 1), 1),
    };
  }, [scope, me, t, act]);
}

export type Actions = ReturnType<typeof useActions>;

/** Read marks are one's own and say nothing when they fail: the next one repairs it. */
export async function mark(scope: Scope, seen: ConversationView, read_seq: number, unread_count: number) {
  if (isPreviewed(scope.workspace)) return;
  // What was seen may be older than what is known: drawing comes after, and a mark takes its time.
  const before = findConversation(scope, seen.id) ?? seen;
  const marked = { read_seq, unread_count };
  const after = { ...before, ...marked };
  const release = holdPatch(before.id, marked);
  putConversation(scope, after, marked);
  shiftCounters(scope, before, after);
  try {
    await inOrder(before.id, () =>
      readPut({
        path: { workspace_id: scope.workspace, conversation_id: before.id },
        body: { seq: read_seq },
      }),
    );
    const now = findConversation(scope, before.id);
    // Of a mark no event tells: a list that was read just before it is put right here.
    if (now?.last_seq === before.last_seq) putConversation(scope, { ...now, ...marked }, marked);
  } catch {
    shiftCounters(scope, after, before);
    const unmarked = { unread_count: before.unread_count };
    putConversation(scope, { ...(findConversation(scope, before.id) ?? before), ...unmarked }, unmarked);
  } finally {
    release();
    // Nor has whoever counted just before heard of it.
    recount(scope);
  }
}
