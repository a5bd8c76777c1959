import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import {
  asProblem,
  type ChannelView,
  channelShowQueryKey,
  channelsListQueryKey,
  channelUpdateMutation,
} from '@/api';
import { takeIn } from '@/app/patch';
import { queryClient } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { useMembers } from '@/conversations/members';
import { LockNote, toast } from '@/design';
import { SaveBar } from '@/design/SaveBar';
import { useFieldText } from '@/form';
import { useBlocked } from '@/i18n/reason';
import { LeaveGuard } from '../LeaveGuard';
import css from './ChannelForm.module.css';
import { changesOf, type Draft, draftOf, faultsOf, settingsOf } from './draft';
import { ConversationSection, LookSection, WebsitesSection, WordsSection } from './LookSections';
import { WidgetPreview } from './WidgetPreview';

/** Everything about a website chat that is saved together, beside a picture of it. */
export function ChannelForm({ channel }: { channel: ChannelView }) {
  const { t } = useLingui();
  const [edits, setEdits] = useState<Partial<Draft>>({});
  const blocked = useBlocked()(channel, 'channel.manage');
  const team = useMembers()
    .filter((member) => member.seat_type === 'full')
    .map((member) => member.name);
  const fieldText = useFieldText();
  const path = { workspace_id: useWorkspaceId(), channel_id: channel.id };
  const draft = { ...draftOf(channel), ...edits };
  const faults = faultsOf(draft);
  const faulty = Object.keys(faults).length > 0;
  const changes = changesOf(channel, draft);
  const save = useMutation({
    ...channelUpdateMutation(),
    onSuccess: (saved) => {
      takeIn(channelShowQueryKey({ path }), saved);
      void queryClient.invalidateQueries({
        queryKey: channelsListQueryKey({ path: { workspace_id: path.workspace_id } }),
      });
      setEdits({});
      toast({ title: t`Saved` });
    },
    onError: useSaveFailed(),
  });
  const dirty = faulty || changes !== null;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (changes && !faulty && !blocked && !save.isPending) save.mutate({ path, body: changes });
  }

  const props = {
    draft,
    faults,
    refused: (field: string) => fieldText(save.error, field),
    onChange: (more: Partial<Draft>) => setEdits({ ...edits, ...more }),
  };
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <LockNote reason={blocked} />
      <div className={css.columns}>
        <fieldset className={css.fields} disabled={blocked !== undefined}>
          <WebsitesSection {...props} />
          <LookSection {...props} />
          <WordsSection {...props} />
          <ConversationSection {...props} />
        </fieldset>
        <aside className={css.preview} aria-label={t`Preview`}>
          <WidgetPreview name={draft.name} settings={settingsOf(draft, channel)} team={team} />
        </aside>
      </div>
      <SaveBar
        dirty={dirty}
        busy={save.isPending}
        blocked={faulty ? t`Something above is not right yet` : undefined}
        onDiscard={() => setEdits({})}
      />
      <LeaveGuard dirty={dirty} />
    </form>
  );
}

/** A refused field says so itself; everything else is said in a message. */
function useSaveFailed() {
  const { t } = useLingui();
  const failed = useFailure();
  return (error: unknown) => {
    if (asProblem(error)?.errors.length) return;
    failed(t`The changes are not saved`, error);
  };
}
