import { useLingui } from '@lingui/react/macro';
import { type LabelView, labelDelete } from '@/api';
import { useFailure } from '@/app/useFailure';
import { ConfirmDialog } from '@/design';
import { useLabelChange } from './useLabelChange';

export function DeleteLabel({ label, onClose }: { label: LabelView; onClose: () => void }) {
  const { t } = useLingui();
  const failed = useFailure();
  const { name } = label;
  const remove = useLabelChange(
    (path, label_id: string) => labelDelete({ path: { ...path, label_id } }),
    onClose,
  );
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t`Delete ${name}?`}
      description={t`It disappears from every conversation and customer. To keep them together, merge it into another label instead.`}
      confirm={t`Delete`}
      busy={remove.isPending}
      onConfirm={() =>
        remove.mutate(label.id, { onError: (error) => failed(t`The label is still there`, error) })
      }
    />
  );
}
