import { type AttachmentView, attachmentUpload } from '@/api';
import { createStore, useStore } from '@/design';
import type { Kind } from './drafts';
import type { Scope } from './scope';

export const MAX_BYTES = 25 * 1024 * 1024;

export interface Upload {
  key: string;
  name: string;
  size: number;
  state: 'uploading' | 'done' | 'failed';
  attachment?: AttachmentView;
  error?: unknown;
}

const uploads = createStore<Record<string, Upload[]>>({});
const none: Upload[] = [];

/** Which files wait together: those of the reply, or those of the note. */
export const boxOf = (conversation: string, kind: Kind) => `${kind}.${conversation}`;

/** The files waiting to be sent with the next message or note of a conversation. */
export function useUploads(box: string): Upload[] {
  return useStore(uploads)[box] ?? none;
}

/** Uploads a file at once, so that sending waits for nothing. */
export async function upload(scope: Scope, box: string, file: File) {
  const entry: Upload = { key: crypto.randomUUID(), name: file.name, size: file.size, state: 'uploading' };
  change(box, (list) => [...list, entry]);
  const settle = (result: Partial<Upload>) =>
    change(box, (list) => list.map((each) => (each.key === entry.key ? { ...each, ...result } : each)));
  try {
    const { data } = await attachmentUpload({
      path: { workspace_id: scope.workspace },
      query: { name: file.name },
      headers: { 'Content-Type': file.type || 'application/octet-stream' },
      body: file,
    });
    settle({ state: 'done', attachment: data });
  } catch (error) {
    settle({ state: 'failed', error });
  }
}

export function removeUpload(box: string, key: string) {
  change(box, (list) => list.filter((each) => each.key !== key));
}

export function clearUploads(box: string) {
  change(box, () => []);
}

/** Puts files back that were taken out with a message. */
export function restoreUploads(box: string, attachments: AttachmentView[]) {
  change(box, (list) => [
    ...list,
    ...attachments.map((attachment) => ({
      key: attachment.id,
      name: attachment.name,
      size: attachment.size,
      state: 'done' as const,
      attachment,
    })),
  ]);
}

function change(box: string, update: (list: Upload[]) => Upload[]) {
  uploads.set((all) => ({ ...all, [box]: update(all[box] ?? none) }));
}
