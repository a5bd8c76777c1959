import { client } from './generated/client.gen';

/** A look at a workspace as somebody else; it belongs to one tab and ends with it. */
export interface KeptPreview {
  id: string;
  workspace: string;
  label: string;
  expires_at: string;
  /** The address to come back to. */
  from: string;
}

const STORED = 'guildhall.preview';
const HEADER = 'Guildhall-Preview';

/** The preview of this page. Beginning and ending one loads the page anew, so that nothing seen before remains. */
export const preview: KeptPreview | null = JSON.parse(sessionStorage.getItem(STORED) ?? 'null');

/** From the next page on this tab sees a workspace through the preview. */
export function rememberPreview(next: KeptPreview) {
  sessionStorage.setItem(STORED, JSON.stringify(next));
}

export function forgetPreview() {
  sessionStorage.removeItem(STORED);
}

/** Whether a workspace is looked at as somebody else. */
export const isPreviewed = (workspace: string): boolean => preview?.workspace === workspace;

client.interceptors.request.use((request) => {
  if (preview && concerns(preview, new URL(request.url).pathname)) request.headers.set(HEADER, preview.id);
  return request;
});

/** Everything in the workspace, and what its member may do; but not the preview itself, which only its owner ends. */
function concerns({ id, workspace }: KeptPreview, path: string): boolean {
  const inside = `${path}/`.startsWith(`/api/v1/workspaces/${workspace}/`);
  return (inside || path === '/api/v1/me') && !path.endsWith(`/previews/${id}`);
}
