import { useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useFailure } from '@/app/useFailure';
import { Section, Switch, toast, useStore } from '@/design';
import css from './Preferences.module.css';
import { currentPush, disablePush, enablePush, pushIsPossible } from './push';
import { chime, sounds } from './sounds';

/** What this browser does: pop up while the page is closed, and make a sound. */
export function ThisDevice({ workspace }: { workspace: string }) {
  const { t } = useLingui();
  const failed = useFailure();
  const [pushId, soundId] = [useId(), useId()];
  const audible = useStore(sounds);
  const possible = pushIsPossible();
  const push = useQuery({
    queryKey: ['push', workspace],
    queryFn: async () => (await currentPush()) !== null,
    staleTime: 0,
  });
  const set = useMutation({
    mutationFn: (on: boolean) => (on ? enablePush(workspace) : disablePush(workspace).then(() => true)),
    onSuccess: (done) =>
      !done &&
      toast({ title: t`The browser does not allow it`, description: t`Its settings for this page do.` }),
    onError: (error) => failed(t`It is as it was`, error),
    onSettled: () => push.refetch(),
  });

  function sound(on: boolean) {
    sounds.set(on);
    if (on) chime();
  }

  return (
    <Section title={t`This device`}>
      <div className={css.switch}>
        <span>
          <b id={pushId}>{t`Show them when the page is closed`}</b>
          <small>{t`What is shown travels encrypted: only this browser can read it.`}</small>
        </span>
        <Switch
          labelledBy={pushId}
          checked={push.data ?? false}
          blocked={possible ? undefined : t`This browser cannot do it here`}
          onChange={(on) => set.mutate(on)}
        />
      </div>
      <div className={css.switch}>
        <span>
          <b id={soundId}>{t`Make a sound`}</b>
          <small>{t`While the page is open, for what you are told in the app.`}</small>
        </span>
        <Switch labelledBy={soundId} checked={audible} onChange={sound} />
      </div>
    </Section>
  );
}
