import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { notificationPreferencesPutMutation, notificationPreferencesShowQueryKey } from '@/api';
import { takeIn } from '@/app/patch';
import { useFailure } from '@/app/useFailure';
import { Section, toast } from '@/design';
import { SaveBar } from '@/design/SaveBar';
import { EventMatrix } from './EventMatrix';
import { Limits } from './Limits';
import css from './Preferences.module.css';
import { Times } from './Times';
import type { Choices } from './words';

/** One's choices in a workspace, saved together. */
export function PreferencesForm({ workspace, saved }: { workspace: string; saved: Choices }) {
  const { t } = useLingui();
  const failed = useFailure();
  const path = { workspace_id: workspace };
  const [edits, setEdits] = useState<Partial<Choices>>({});
  const draft: Choices = { ...saved, ...edits };
  const dirty = Object.keys(edits).length > 0;
  const save = useMutation({
    ...notificationPreferencesPutMutation(),
    onSuccess: (stored) => {
      takeIn(notificationPreferencesShowQueryKey({ path }), stored);
      setEdits({});
      toast({ title: t`Saved` });
    },
    onError: (error) => failed(t`Your choices are not saved`, error),
  });
  const change = (more: Partial<Choices>) => setEdits({ ...edits, ...more });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (dirty && !save.isPending) save.mutate({ path, body: draft });
  }

  return (
    <form className={css.form} onSubmit={submit}>
      <Section title={t`What you are told`} flush>
        <EventMatrix events={draft.events} onChange={(events) => change({ events })} />
      </Section>
      <Times preferences={draft} onChange={change} />
      <Limits workspace={workspace} preferences={draft} onChange={change} />
      <SaveBar dirty={dirty} busy={save.isPending} onDiscard={() => setEdits({})} />
    </form>
  );
}
