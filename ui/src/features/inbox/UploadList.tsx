import { useLingui } from '@lingui/react/macro';
import { CircleAlert, FileText, X } from 'lucide-react';
import { removeUpload, type Upload } from '@/conversations/uploads';
import { IconButton, Spinner } from '@/design';
import { useProblemText } from '@/i18n/problem';
import { useSize } from '@/i18n/useSize';
import css from './Composer.module.css';

export function UploadList({ box, uploads }: { box: string; uploads: Upload[] }) {
  const { t } = useLingui();
  const size = useSize();
  const problemText = useProblemText();
  if (uploads.length === 0) return null;
  return (
    <ul className={css.uploads} aria-label={t`Files`}>
      {uploads.map((file) => (
        <li key={file.key} className={css.upload} data-state={file.state}>
          {file.state === 'uploading' ? (
            <Spinner />
          ) : file.state === 'failed' ? (
            <CircleAlert size={15} aria-hidden="true" />
          ) : (
            <FileText size={15} aria-hidden="true" />
          )}
          <span className={css.uploadName}>{file.name}</span>
          <small role="status">
            {file.state === 'failed'
              ? problemText(file.error)
              : file.state === 'uploading'
                ? t`Uploading…`
                : size(file.size)}
          </small>
          <IconButton size="s" label={t`Remove ${file.name}`} onClick={() => removeUpload(box, file.key)}>
            <X size={13} aria-hidden="true" />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
