import { type AttachmentView, attachmentUpload } from '@/api';
import type { Scope } from '@/conversations/scope';
import { createStore, useStore } from '@/design';

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

/** The files waiting to be sent with the next message of a conversation. */
export function useUploads(conversation: string): Upload[] {
  return useStore(uploads)[conversation] ?? none;
}

/** Uploads a file at once, so that sending waits for nothing. */
export async function upload(scope: Scope, conversation: string, file: File) {
  const entry: Upload = { key: crypto.randomUUID(), name: file.name, size: file.size, state: 'uploading' };
  change(conversation, (list) => [...list, entry]);
  const settle = (result: Partial<Upload>) =>
    change(conversation, (list) =>
      list.map((each) => (each.key === entry.key ? { ...each, ...result } : each)),
    );
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

export function removeUpload(conversation: string, key: string) {
  change(conversation, (list) => list.filter((each) => each.key !== key));
}

export function clearUploads(conversation: string) {
  change(conversation, () => []);
}

/** Puts files back that were taken out with a message. */
export function restoreUploads(conversation: string, attachments: AttachmentView[]) {
  change(conversation, (list) => [
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

function change(conversation: string, update: (list: Upload[]) => Upload[]) {
  uploads.set((all) => ({ ...all, [conversation]: update(all[conversation] ?? none) }));
}
