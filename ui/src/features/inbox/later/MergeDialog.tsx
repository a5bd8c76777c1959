import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type ConversationView, conversationMerge, customerConversationsListOptions } from '@/api';
import { useFailure } from '@/app/useFailure';
import { UNDO } from '@/conversations/act';
import { useScope } from '@/conversations/scope';
import { Button, Dialog, RadioGroup, Skeleton } from '@/design';
import { useTimes } from '@/i18n/time';
import { useOfferUndo } from './useOfferUndo';

interface Props {
  conversation: ConversationView;
  onClose: () => void;
  onMerged: (into: string) => void;
}

/** Makes a conversation part of another of the same customer. It can be taken apart again. */
export function MergeDialog({ conversation, onClose, onMerged }: Props) {
  const { t } = useLingui();
  const scope = useScope();
  const times = useTimes();
  const failed = useFailure();
  const offer = useOfferUndo();
  const [into, setInto] = useState('');
  const path = { workspace_id: scope.workspace, customer_id: conversation.customer.id };
  const { data } = useQuery(customerConversationsListOptions({ path }));
  const others = data?.items.filter((each) => each.id !== conversation.id);

  async function merge() {
    try {
      const { response } = await conversationMerge({
        path: { workspace_id: scope.workspace, conversation_id: conversation.id },
        body: { into },
      });
      onClose();
      offer(t`Conversations merged`, response.headers.get(UNDO));
      onMerged(into);
    } catch (error) {
      failed(t`Not merged`, error);
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Merge with another conversation`}
      description={t`This one is archived, and its labels go along. You can undo it.`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button
            variant="primary"
            blocked={into ? undefined : t`Choose a conversation`}
            onClick={() => void merge()}
          >
            {t`Merge`}
          </Button>
        </>
      }
    >
      {!others ? (
        <Skeleton lines={3} label={t`Loading the conversations`} />
      ) : others.length === 0 ? (
        <p>{t`This customer has no other conversation.`}</p>
      ) : (
        <RadioGroup
          legend={t`Into which conversation`}
          name="merge"
          value={into}
          options={others.map((each) => ({
            value: each.id,
            label: each.subject ?? each.preview?.text ?? each.channel.name,
            hint: times.full(each.last_activity_at),
          }))}
          onChange={setInto}
        />
      )}
    </Dialog>
  );
}
