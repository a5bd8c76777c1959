import type { Api } from './api';
import type { Attachment } from './types';

/** Formats that are only ever pixels; an SVG may carry script. */
const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'];
const LARGEST_PREVIEW = 8 * 1024 * 1024;

export const hasPreview = ({ content_type, size }: Pick<Attachment, 'content_type' | 'size'>) =>
  PICTURES.includes(content_type) && size <= LARGEST_PREVIEW;

export type Files = ReturnType<typeof createFiles>;

/** Attachments need the visitor's token, so they are fetched and shown as blob addresses. */
export function createFiles(api: Pick<Api, 'download'>) {
  const previews = new Map<string, Promise<string>>();

  return {
    preview({ id, content_type }: Attachment): Promise<string> {
      const known = previews.get(id);
      if (known) return known;
      const address = api
        .download(id)
        .then((blob) => URL.createObjectURL(new Blob([blob], { type: content_type })));
      address.catch(() => previews.delete(id));
      previews.set(id, address);
      return address;
    },
    /** The visitor's own file needs no fetching. */
    remember: (id: string, address: string) => previews.set(id, Promise.resolve(address)),
    async save({ id, name }: Attachment) {
      // Never with its own type: a blob address belongs to the page's origin, where HTML would run.
      const blob = new Blob([await api.download(id)], { type: 'application/octet-stream' });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(blob);
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },
  };
}
