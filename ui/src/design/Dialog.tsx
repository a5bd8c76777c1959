import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { Button } from './Button';
import { cx } from './cx';
import css from './Dialog.module.css';
import { onEscape } from './escape';
import { Field, Input } from './Field';
import { FocusBack } from './focus';

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  /** The buttons, last one the main one. */
  footer?: ReactNode;
  size?: 's' | 'm' | 'l';
  children?: ReactNode;
}

/**
 * A modal dialog. The backdrop is ours rather than Radix's overlay: that one locks scrolling with an
 * injected style tag, which the content security policy forbids and this layout does not need.
 */
export function Dialog({ open, onClose, title, description, footer, size = 'm', children }: DialogProps) {
  const { t } = useLingui();
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <div className={css.backdrop} />
        <Radix.Content
          className={cx(css.dialog, css[size])}
          onOpenAutoFocus={focusBody}
          onKeyDown={onEscape(onClose)}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <FocusBack />
          <header className={css.header}>
            <Radix.Title className={css.title}>{title}</Radix.Title>
            <Radix.Close className={css.close}>
              <X size={16} aria-hidden="true" />
              <span className="visually-hidden">{t`Close`}</span>
            </Radix.Close>
          </header>
          <div className={css.body}>
            {description && <Radix.Description className={css.description}>{description}</Radix.Description>}
            {children}
          </div>
          {footer && <footer className={css.footer}>{footer}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Starts at the first field, or at the dialog itself: the button that closes it comes first but is not the point. */
function focusBody(event: Event) {
  const dialog = event.currentTarget as HTMLElement;
  event.preventDefault();
  (dialog.querySelector<HTMLElement>('input, select, textarea') ?? dialog).focus();
}

interface ConfirmProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  confirm: string;
  /** What is asked about is a danger unless it says otherwise. */
  variant?: 'danger' | 'primary';
  /** Why it cannot be confirmed. */
  blocked?: string | undefined;
  busy?: boolean;
  /** What must be typed first, for what cannot be undone. */
  typed?: string | undefined;
  onConfirm: () => void;
  /** What follows from it. */
  children?: ReactNode;
}

export function ConfirmDialog(props: ConfirmProps) {
  const { open, onClose, title, description, confirm, busy = false, typed, onConfirm, children } = props;
  const { variant = 'danger' } = props;
  const { t } = useLingui();
  const [text, setText] = useState('');
  const untyped = typed !== undefined && text.trim() !== typed ? t`Type “${typed}” first` : undefined;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      description={description}
      size="s"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button variant={variant} busy={busy} blocked={props.blocked ?? untyped} onClick={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      {children}
      {typed !== undefined && (
        <Field label={t`Type “${typed}” to confirm`}>
          <Input value={text} onChange={(event) => setText(event.target.value)} autoComplete="off" />
        </Field>
      )}
    </Dialog>
  );
}
