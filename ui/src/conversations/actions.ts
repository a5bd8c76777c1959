import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import {
  asProblem,
  assignmentDelete,
  assignmentPut,
  type ConversationView,
  conversationClaim,
  isPreviewed,
  type MemberRef,
  readPut,
  snoozeDelete,
  snoozePut,
  statusPut,
} from '@/api';
import { useMe } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { toast } from '@/design';
import { findConversation, holdPatch, type Patch, putConversation } from './cache';
import { change, inOrder } from './change';
import { shiftCounters } from './counters';
import { type Scope, useScope } from './scope';
import { offerUndo } from './undo';

type Status = 'open' | 'solved' | 'spam' | 'archived';

/** What a person can do with a conversation: on screen at once, with a way back. */
export function useActions() {
  const { t } = useLingui();
  const scope = useScope();
  const me = useMe().account.name;
  const failed = useFailure();

  return useMemo(() => {
    const path = (id: string) => ({ workspace_id: scope.workspace, conversation_id: id });

    /** Runs a change; offers to take it back, or says why it failed and offers to try again. */
    async function act(
      conversation: ConversationView,
      patch: Patch,
      request: () => Promise<{ data: ConversationView }>,
      done?: { text: string; undo: () => void },
    ) {
      if (done) offerUndo(done.text, t`Undo`, done.undo);
      try {
        await change(scope, conversation, patch, request);
      } catch (error) {
        const title = t`Not changed: ${conversation.customer.display_name}`;
        const taken = asProblem(error)?.assignee;
        if (taken) {
          toast({ title, description: t`${taken.name} took it first.`, tone: 'danger' });
          return;
        }
        failed(title, error, {
          label: t`Try again`,
          run: () => {
            const current = findConversation(scope, conversation.id) ?? conversation;
            void act(current, patch, request, done);
          },
        });
      }
    }

    const current = (conversation: ConversationView) =>
      findConversation(scope, conversation.id) ?? conversation;

    function putStatus(conversation: ConversationView, status: Status, text?: string) {
      const back = () => restoreStatus(conversation);
      return act(
        current(conversation),
        { status, snoozed_until: null },
        () => statusPut({ path: path(conversation.id), body: { status } }),
        text ? { text, undo: back } : undefined,
      );
    }

    /** Back to the status a conversation had, snoozed ones to their hour. */
    function restoreStatus({ status, snoozed_until, ...conversation }: ConversationView) {
      const then = { ...conversation, status, snoozed_until };
      if (status === 'snoozed' && snoozed_until) return snooze(then, new Date(snoozed_until), false);
      return putStatus(then, status === 'snoozed' ? 'open' : status);
    }

    function snooze(conversation: ConversationView, until: Date, undoable = true) {
      const at = until.toISOString();
      return act(
        current(conversation),
        { status: 'snoozed', snoozed_until: at },
        () => snoozePut({ path: path(conversation.id), body: { until: at } }),
        undoable
          ? {
              text: t`Conversation snoozed`,
              undo: () => void restoreStatus({ ...conversation, status: 'open' }),
            }
          : undefined,
      );
    }

    function wake(conversation: ConversationView) {
      return act(
        current(conversation),
        { status: 'open', snoozed_until: null },
        () => snoozeDelete({ path: path(conversation.id) }),
        { text: t`Back in the inbox`, undo: () => void restoreStatus(conversation) },
      );
    }

    function assign(conversation: ConversationView, member: MemberRef | null, undoable = true) {
      const before = conversation.assignee;
      return act(
        current(conversation),
        { assignee: member },
        () =>
          member
            ? assignmentPut({ path: path(conversation.id), body: { member_id: member.id } })
            : assignmentDelete({ path: path(conversation.id) }),
        undoable
          ? {
              text: member ? t`Assigned to ${member.name}` : t`Unassigned`,
              undo: () => void assign(conversation, before, false),
            }
          : undefined,
      );
    }

    /** Takes a free conversation: of two people who try, one gets it. */
    function claim(conversation: ConversationView) {
      return act(
        current(conversation),
        { assignee: { id: scope.member, name: me } },
        () => conversationClaim({ path: path(conversation.id) }),
        { text: t`Assigned to you`, undo: () => void assign(conversation, null, false) },
      );
    }

    return {
      done: (conversation: ConversationView) => putStatus(conversation, 'solved', t`Marked as done`),
      reopen: (conversation: ConversationView) => putStatus(conversation, 'open', t`Reopened`),
      spam: (conversation: ConversationView) => putStatus(conversation, 'spam', t`Moved to spam`),
      archive: (conversation: ConversationView) =>
        putStatus(conversation, 'archived', t`Conversation archived`),
      snooze: (conversation: ConversationView, until: Date) => snooze(conversation, until),
      wake,
      assign: (conversation: ConversationView, member: MemberRef | null) => assign(conversation, member),
      claim,
      markRead: (conversation: ConversationView) => mark(scope, conversation, conversation.last_seq, 0),
      markUnread: (conversation: ConversationView) =>
        mark(scope, conversation, Math.max(0, conversation.last_inbound_seq - 1), 1),
    };
  }, [scope, me, t, failed]);
}

export type Actions = ReturnType<typeof useActions>;

/** Read marks are one's own and say nothing when they fail: the next one repairs it. */
async function mark(scope: Scope, before: ConversationView, read_seq: number, unread_count: number) {
  if (isPreviewed(scope.workspace)) return;
  const after = { ...before, read_seq, unread_count };
  const release = holdPatch(before.id, { read_seq, unread_count });
  putConversation(scope, after);
  shiftCounters(scope, before, after);
  try {
    await inOrder(before.id, () =>
      readPut({
        path: { workspace_id: scope.workspace, conversation_id: before.id },
        body: { seq: read_seq },
      }),
    );
  } catch {
    shiftCounters(scope, after, before);
    putConversation(scope, {
      ...(findConversation(scope, before.id) ?? before),
      unread_count: before.unread_count,
    });
  } finally {
    release();
  }
}
