import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { asProblem, type ConversationView, undoCreate } from '@/api';
import { useFailure } from '@/app/useFailure';
import { toast } from '@/design';
import { findConversation, type Patch } from './cache';
import { change } from './change';
import { useScope } from './scope';
import { offerUndo } from './undo';

/** A change on its way: what it will look like here, and how to ask for it. */
export interface Deed {
  conversation: ConversationView;
  patch: Patch;
  request: () => Promise<{ data: ConversationView; response: Response }>;
  /** What to say of it, with a way back; nothing for what goes without saying. */
  done?: string | undefined;
}

/** The server names its offer to take an answer's change back in this header. */
export const UNDO = 'Guildhall-Undo';

/** Runs changes: on screen at once, with a way back, and with the reason and another try when they fail. */
export function useAct() {
  const { t } = useLingui();
  const scope = useScope();
  const failed = useFailure();

  return useMemo(() => {
    const current = (conversation: ConversationView) =>
      findConversation(scope, conversation.id) ?? conversation;

    async function act({ conversation, patch, request, done }: Deed) {
      const before = current(conversation);
      let offer: string | null = null;
      if (done) offerUndo(done, t`Undo`, () => void takeBack(before, patch, () => offer));
      try {
        await change(scope, before, patch, async () => {
          const { data, response } = await request();
          offer = response.headers.get(UNDO);
          return data;
        });
      } catch (error) {
        const title = t`Not changed: ${conversation.customer.display_name}`;
        const taken = asProblem(error)?.assignee;
        if (taken) {
          toast({ title, description: t`${taken.name} took it first.`, tone: 'danger' });
          return;
        }
        failed(title, error, {
          label: t`Try again`,
          run: () => void act({ conversation, patch, request, done }),
        });
      }
    }

    /** What was changed goes back as it was, here and, if the change was made there, on the server. */
    async function takeBack(before: ConversationView, patch: Patch, offer: () => string | null) {
      const fields = Object.keys(patch) as (keyof ConversationView)[];
      const back: Patch = Object.fromEntries(fields.map((field) => [field, before[field]]));
      try {
        await change(scope, current(before), back, async () => {
          const undo_id = offer();
          if (undo_id) await undoCreate({ path: { workspace_id: scope.workspace, undo_id } });
          return undefined;
        });
      } catch (error) {
        failed(t`Not undone: ${before.customer.display_name}`, error);
      }
    }

    return act;
  }, [scope, t, failed]);
}
