import { type Api, MAX_FILE, MAX_FILES } from './api';
import { h, icon, iconButton } from './dom';
import { type Files, hasPreview } from './files';
import type { Format } from './format';
import { HttpError } from './http';
import type { Strings } from './strings';
import type { Attachment } from './types';

interface Upload {
  file: File;
  element: HTMLElement;
  progress: HTMLProgressElement;
  note: HTMLElement;
  retry: HTMLButtonElement;
  abort: AbortController;
  failed: boolean;
  /** What became of it on the server. */
  attachment?: Attachment;
}

export type Tray = ReturnType<typeof createTray>;

/** Files on their way to the server, before the message that carries them. */
export function createTray(options: {
  strings: Strings;
  format: Format;
  api: Pick<Api, 'upload'>;
  files: Files;
  announce: (text: string) => void;
  complain: (text: string) => void;
  onChange: () => void;
}) {
  const { strings, format, api, files, announce, complain, onChange } = options;
  const element = h('ul', { class: 'tray', hidden: true });
  let uploads: Upload[] = [];

  const isUnderWay = ({ failed, attachment }: Upload) => !failed && !attachment;

  function changed() {
    element.hidden = uploads.length === 0;
    for (const { element, progress, note, retry, failed, attachment, file } of uploads) {
      element.toggleAttribute('data-failed', failed);
      progress.hidden = failed || attachment !== undefined;
      retry.hidden = !failed;
      note.textContent = failed ? strings.fileFailed : format.size(file.size);
    }
    onChange();
  }

  function add(file: File) {
    const { name } = file;
    const progress = h('progress', { max: 1, value: 0, 'aria-label': strings.uploading(name) });
    const note = h('small', {});
    const retry = iconButton('retry', strings.retryFile(name));
    const remove = iconButton('close', strings.remove(name));
    const text = h('span', {}, h('b', {}, name), note, progress);
    const chip = h('li', { class: 'upload' }, picture(file), text, retry, remove);
    const abort = new AbortController();
    const upload: Upload = { file, element: chip, progress, note, retry, abort, failed: false };
    retry.onclick = () => run(upload);
    remove.onclick = () => {
      abort.abort();
      drop([upload]);
    };
    uploads.push(upload);
    element.append(chip);
    run(upload);
  }

  const previewable = ({ type, size }: File) => hasPreview({ content_type: type, size });

  function picture(file: File) {
    if (!previewable(file)) return icon('file');
    const image = h('img', { alt: '', src: URL.createObjectURL(file) });
    image.onload = () => URL.revokeObjectURL(image.src);
    // A page may forbid blob pictures.
    image.onerror = () => image.replaceWith(icon('file'));
    return image;
  }

  async function run(upload: Upload) {
    const { file, progress, abort } = upload;
    const show = (part: number) => {
      progress.value = part;
    };
    upload.failed = false;
    show(0);
    changed();
    try {
      const attachment = await api.upload(file, show, abort.signal);
      upload.attachment = attachment;
      if (hasPreview(attachment)) files.remember(attachment.id, URL.createObjectURL(file));
      announce(strings.attached(file.name));
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      if (abort.signal.aborted) return;
      upload.failed = true;
      announce(`${file.name}: ${strings.fileFailed}`);
    }
    changed();
  }

  function drop(gone: Upload[]) {
    for (const { element } of gone) element.remove();
    uploads = uploads.filter((upload) => !gone.includes(upload));
    changed();
  }

  addEventListener('online', () => {
    for (const upload of uploads) if (upload.failed) run(upload);
  });

  return {
    element,
    isBusy: () => uploads.some(isUnderWay),
    hasFailed: () => uploads.some(({ failed }) => failed),
    /** Nothing that a message could carry, now or soon. */
    isEmpty: () => uploads.every(({ failed }) => failed),

    add(chosen: Iterable<File>) {
      for (const file of chosen) {
        if (file.size > MAX_FILE) complain(strings.fileTooBig(file.name));
        else if (uploads.length >= MAX_FILES) complain(strings.tooManyFiles);
        else add(file);
      }
    },

    /** Hands over what is uploaded; what failed stays to be tried again. */
    take(): Attachment[] {
      const done = uploads.filter(({ attachment }) => attachment);
      drop(done);
      return done.map(({ attachment }) => attachment as Attachment);
    },
  };
}
