import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type BusinessHoursView, businessHoursPutMutation, businessHoursShowQueryKey } from '@/api';
import { takeIn } from '@/app/patch';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { LockNote, Section, toast } from '@/design';
import { SaveBar } from '@/design/SaveBar';
import { LeaveGuard } from '../LeaveGuard';
import { Holidays } from './Holidays';
import css from './HoursForm.module.css';
import { WeekHours } from './WeekHours';
import { faultOf, weekdays } from './week';
import { ZoneField } from './ZoneField';

type Draft = Pick<BusinessHoursView, 'timezone' | 'weekly' | 'holidays'>;

/** The zone, the week and the days off, saved together. */
export function HoursForm({ hours }: { hours: BusinessHoursView }) {
  const { t } = useLingui();
  const failed = useFailure();
  const path = { workspace_id: useWorkspaceId() };
  const blocked = useBlockedHere()('workspace.edit_settings');
  const [edits, setEdits] = useState<Partial<Draft>>({});
  const { timezone, weekly, holidays } = { ...hours, ...edits };
  const draft: Draft = { timezone, weekly, holidays };
  const faulty = weekdays.some((day) => faultOf(weekly, day));
  const dirty = Object.keys(edits).length > 0;
  const save = useMutation({
    ...businessHoursPutMutation(),
    onSuccess: (saved) => {
      takeIn(businessHoursShowQueryKey({ path }), saved);
      setEdits({});
      toast({ title: t`Saved` });
    },
    onError: (error) => failed(t`The hours are not saved`, error),
  });
  const change = (more: Partial<Draft>) => setEdits({ ...edits, ...more });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (dirty && !faulty && !blocked && !save.isPending) save.mutate({ path, body: draft });
  }

  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <LockNote reason={blocked} />
      <fieldset className={css.fields} disabled={blocked !== undefined}>
        <Section title={t`Time zone`}>
          <ZoneField value={timezone} onChange={(zone) => change({ timezone: zone })} />
        </Section>
        <Section
          title={t`The week`}
          description={
            weekly.length === 0
              ? t`No hours yet: you are always open. With the first ones, every day without hours is closed.`
              : t`A day without hours is closed. A time belongs to the hours that begin with it, not to those that end.`
          }
        >
          <WeekHours weekly={weekly} onChange={(next) => change({ weekly: next })} />
        </Section>
        <Holidays holidays={holidays} onChange={(next) => change({ holidays: next })} />
      </fieldset>
      <SaveBar
        dirty={dirty}
        busy={save.isPending}
        blocked={faulty ? t`Some hours are not right yet` : undefined}
        onDiscard={() => setEdits({})}
      />
      <LeaveGuard dirty={dirty} />
    </form>
  );
}
