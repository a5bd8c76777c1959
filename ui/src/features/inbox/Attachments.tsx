import { FileText } from 'lucide-react';
import type { AttachmentView } from '@/api';
import { useSize } from '@/i18n/useSize';
import css from './Attachments.module.css';

/** Only what a browser draws without running anything. */
const IMAGES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'];

export function Attachments({ attachments }: { attachments: AttachmentView[] }) {
  const size = useSize();
  if (attachments.length === 0) return null;
  return (
    <ul className={css.files}>
      {attachments.map((file) => (
        <li key={file.id}>
          {IMAGES.includes(file.content_type) ? (
            <a href={file.url} target="_blank" rel="noreferrer" className={css.image}>
              <img src={file.url} alt={file.name} loading="lazy" />
            </a>
          ) : (
            <a href={file.url} download={file.name} className={css.file}>
              <FileText size={17} aria-hidden="true" />
              <span className={css.name}>{file.name}</span>
              <small>{size(file.size)}</small>
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
