import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { authzExplainOptions } from '@/api';
import { useWorkspaceId } from '@/app/session';
import type { Question } from '@/app/why';
import { Button, Dialog, ErrorState, Skeleton } from '@/design';
import { Chain } from './Chain';

/** Answers why something is refused here. */
export default function WhyDialog({ question, onClose }: { question: Question; onClose: () => void }) {
  const { t } = useLingui();
  const explanation = useQuery({
    ...authzExplainOptions({ path: { workspace_id: useWorkspaceId() }, query: question }),
    // Rights change; an explanation tells of now.
    staleTime: 0,
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Why is this not possible?`}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t`Close`}
        </Button>
      }
    >
      {explanation.isPending ? (
        <Skeleton lines={6} label={t`Loading`} />
      ) : explanation.isError ? (
        <ErrorState
          title={t`The explanation could not be loaded`}
          error={explanation.error}
          onRetry={() => void explanation.refetch()}
        />
      ) : (
        <Chain explanation={explanation.data} />
      )}
    </Dialog>
  );
}
