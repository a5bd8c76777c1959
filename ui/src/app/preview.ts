import { forgetPreview, type KeptPreview, preview, previewDelete, rememberPreview } from '@/api';
import { paths } from './paths';

/** Shows the workspace through a preview from now on: on a new page, which knows nothing of what was seen before. */
export function enterPreview(next: Omit<KeptPreview, 'from'>) {
  const { pathname, search } = window.location;
  rememberPreview({ ...next, from: pathname + search });
  window.location.assign(paths.inbox(next.workspace));
}

/** Back to where one was, as oneself. */
export async function leavePreview() {
  if (!preview) return;
  const { id, workspace, from } = preview;
  forgetPreview();
  // One that cannot be ended now ends by itself in time.
  await previewDelete({ path: { workspace_id: workspace, preview_id: id } }).catch(() => undefined);
  window.location.assign(from);
}
