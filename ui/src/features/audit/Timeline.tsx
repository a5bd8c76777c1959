import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { ScrollText } from 'lucide-react';
import { Button, EmptyState, ErrorState, Section, Skeleton } from '@/design';
import { useTimes } from '@/i18n/time';
import { Entry } from './Entry';
import type { AuditSearch } from './filter';
import { byDay, type Day, keyOf } from './groups';
import css from './Timeline.module.css';
import { useAudit } from './useAudit';

/** The log under its days, newest first. */
export function Timeline({ search }: { search: AuditSearch }) {
  const { t } = useLingui();
  const log = useAudit(search);
  const events = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title={t`Entries`} hideTitle flush>
      {log.isPending ? (
        <Skeleton lines={10} label={t`Loading the log`} />
      ) : log.isError && events.length === 0 ? (
        <ErrorState
          title={t`The log could not be loaded`}
          error={log.error}
          onRetry={() => void log.refetch()}
        />
      ) : events.length === 0 ? (
        <Empty isNarrowed={Object.keys(search).length > 0} goesOn={log.hasNextPage} />
      ) : (
        byDay(events).map((day) => <DayOf key={day.at} day={day} />)
      )}
      {log.hasNextPage && (
        <div className={css.more}>
          <Button busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t`Show earlier`}
          </Button>
        </div>
      )}
    </Section>
  );
}

function DayOf({ day: { at, happenings } }: { day: Day }) {
  const times = useTimes();
  return (
    <section className={css.day}>
      <h2 className={css.date}>{times.day(at)}</h2>
      <ol className={css.entries}>
        {happenings.map((happening) => (
          <Entry key={keyOf(happening.event)} happening={happening} />
        ))}
      </ol>
    </section>
  );
}

function Empty({ isNarrowed, goesOn }: { isNarrowed: boolean; goesOn: boolean }) {
  const { t } = useLingui();
  const navigate = useNavigate({ from: '/w/$workspace/settings/audit' });
  if (!isNarrowed) {
    return (
      <EmptyState icon={<ScrollText size={30} aria-hidden="true" />} title={t`Nothing happened yet`}>
        {t`Whatever anybody changes here, and whatever is refused to them, is written down in this place.`}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<ScrollText size={30} aria-hidden="true" />}
      title={goesOn ? t`Nothing like it lately` : t`Nothing like it in the log`}
      action={
        <Button onClick={() => void navigate({ search: {}, replace: true })}>{t`Show everything`}</Button>
      }
    >
      {goesOn
        ? t`The newest entries were looked through. There may be some further back.`
        : t`Take another person, another time or everything.`}
    </EmptyState>
  );
}
