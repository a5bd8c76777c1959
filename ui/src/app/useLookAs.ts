import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { type PreviewCreate, previewCreate } from '@/api';
import { enterPreview } from './preview';
import { useWorkspaceId } from './session';
import { useFailure } from './useFailure';

/** Begins a preview as a role, as a role with unsaved changes or as a person, and shows the workspace through it. */
export function useLookAs() {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const failed = useFailure();
  return useMutation({
    mutationFn: (as: PreviewCreate) => previewCreate({ path: { workspace_id: workspace }, body: as }),
    onSuccess: ({ data: { id, label, expires_at } }) => enterPreview({ id, label, expires_at, workspace }),
    onError: (error) => failed(t`The preview did not begin`, error),
  });
}
