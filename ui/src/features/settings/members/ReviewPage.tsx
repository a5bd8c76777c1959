import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { ErrorState, LockNote, Notice, Section, Skeleton } from '@/design';
import { reviewOptions } from './people';
import { ReviewTable } from './ReviewTable';

/** Who may enter and whether they still should: longest away first, kept or removed one by one (SEC-002, OWN-17). */
export default function ReviewPage() {
  const { t } = useLingui();
  const blocked = useBlockedHere()('member.remove');
  const review = useQuery({ ...reviewOptions(useWorkspaceId()), enabled: !blocked });
  if (blocked) return <LockNote reason={blocked} />;
  return (
    <>
      {review.data?.share.warn && <ManyAdmins {...review.data.share} />}
      <Section
        title={t`Access review`}
        description={t`Does everybody here still need access? Keep or remove one after the other; who was away longest comes first.`}
        flush
      >
        {review.isPending ? (
          <Skeleton lines={8} label={t`Loading`} />
        ) : review.isError ? (
          <ErrorState
            title={t`The review could not be loaded`}
            error={review.error}
            onRetry={() => void review.refetch()}
          />
        ) : (
          <ReviewTable items={review.data.items} />
        )}
      </Section>
    </>
  );
}

function ManyAdmins({ admins, members }: { admins: number; members: number }) {
  const { t } = useLingui();
  return (
    <Notice tone="warn" title={t`${admins} of ${members} can do nearly everything`}>
      <p>
        {t`They hand out rights, change roles or see everybody’s keys. Not everybody needs that: a lower role for some is safer for all.`}
      </p>
    </Notice>
  );
}
