import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useWorkspaceId } from '@/app/session';
import type { Question } from '@/app/why';
import { Button, Dialog, ErrorState, Skeleton } from '@/design';
import { explanationOptions } from '../api';
import { Chain } from './Chain';

/** Answers why something is refused here. */
export default function WhyDialog({ question, onClose }: { question: Question; onClose: () => void }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const explanation = useQuery(explanationOptions(workspace, question));
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
