import { useLingui } from '@lingui/react/macro';
import { Check, ChevronDown, Paperclip } from 'lucide-react';
import {
  type ChangeEvent,
  type ClipboardEvent,
  type DragEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { can, isPreviewed } from '@/api';
import { useActions } from '@/conversations/actions';
import { findConversation } from '@/conversations/cache';
import { saveDraft, useDraft } from '@/conversations/drafts';
import { send } from '@/conversations/outbox';
import { IconButton, Kbd, Menu, MenuItem, Tooltip, toast } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { useCommand, useKeys } from '@/keyboard';
import { useSendPresence, useSendTyping } from '@/realtime/presence';
import css from './Composer.module.css';
import { useOpened } from './opened';
import { UploadList } from './UploadList';
import { clearUploads, MAX_BYTES, upload, useUploads } from './uploads';

/** How much of the window the text may take before it scrolls. */
const TALLEST = 0.34;

export function ReplyBox() {
  const { t } = useLingui();
  const { scope, conversation, advance } = useOpened();
  const { id, customer } = conversation;
  const actions = useActions();
  const blocked = useBlocked();
  const text = useDraft(scope, id);
  const uploads = useUploads(id);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [focused, setFocused] = useState(false);
  const [dropping, setDropping] = useState(false);
  const typing = useSendTyping(scope, id);
  useSendPresence(scope, id, focused && text !== '');
  useAutosize(field, text);

  const looking = isPreviewed(scope.workspace);
  const refused = looking
    ? t`Nothing is sent in a preview`
    : text.trim() === '' && uploads.length === 0
      ? t`Write something first`
      : uploads.some((file) => file.state === 'uploading')
        ? t`Wait until the files are uploaded`
        : uploads.some((file) => file.state === 'failed')
          ? t`Remove the files that failed`
          : undefined;
  const cannotClose = blocked(conversation, 'conversation.set_status');

  async function submit(thenDone: boolean) {
    if (refused) return;
    const attachments = uploads.flatMap((file) => file.attachment ?? []);
    saveDraft(scope, id, '');
    clearUploads(id);
    typing.stop();
    const sent = await send({
      scope,
      conversation: id,
      text: text.trim(),
      attachments,
      seenSeq: conversation.last_seq,
    });
    // Only what really went out closes a conversation.
    const current = findConversation(scope, id);
    if (sent && thenDone && current && !cannotClose) {
      advance();
      void actions.done(current);
    }
  }

  function onType(event: ChangeEvent<HTMLTextAreaElement>) {
    const first = text === '' && conversation.assignee === null && conversation.status === 'open';
    saveDraft(scope, id, event.target.value);
    typing.typed();
    if (first && !looking && can(conversation, 'conversation.claim').allowed)
      void actions.claim(conversation);
  }

  function attach(files: Iterable<File>) {
    for (const file of files) {
      if (file.size <= MAX_BYTES) void upload(scope, id, file);
      else toast({ title: t`${file.name} is larger than 25 MB`, tone: 'danger' });
    }
  }

  function onPaste(event: ClipboardEvent) {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    attach(event.clipboardData.files);
  }

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setDropping(false);
    attach(event.dataTransfer.files);
  }

  useCommand('reply', () => field.current?.focus());
  useCommand('send', () => void submit(false), focused);
  useCommand('sendDone', () => void submit(true), focused);
  const sendKeys = useKeys('send');
  const doneKeys = useKeys('sendDone');

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files can be dropped here; the button does the same.
    <div
      className={css.box}
      data-dropping={dropping || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={onDrop}
    >
      <label className={css.to} htmlFor="reply">
        {t`Reply to ${customer.display_name}`}
      </label>
      <textarea
        ref={field}
        id="reply"
        className={css.field}
        rows={2}
        value={text}
        placeholder={t`Write a reply…`}
        onChange={onType}
        onPaste={onPaste}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      />
      <UploadList conversation={id} uploads={uploads} />
      <div className={css.bar}>
        <IconButton label={t`Attach files`} onClick={() => picker.current?.click()}>
          <Paperclip size={17} aria-hidden="true" />
        </IconButton>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            attach(event.target.files ?? []);
            event.target.value = '';
          }}
        />
        <span className={css.gap} />
        <div className={css.send} data-blocked={refused !== undefined}>
          <Tooltip text={refused}>
            <button
              type="button"
              aria-disabled={refused ? true : undefined}
              onClick={() => void submit(false)}
            >
              {t`Send`}
              {sendKeys && <Kbd keys={sendKeys} />}
            </button>
          </Tooltip>
          <Menu
            align="end"
            side="top"
            trigger={
              <button type="button">
                <ChevronDown size={15} aria-hidden="true" />
                <span className="visually-hidden">{t`More ways to send`}</span>
              </button>
            }
          >
            <MenuItem
              icon={<Check size={15} />}
              keys={doneKeys}
              blocked={refused ?? cannotClose}
              onSelect={() => void submit(true)}
            >
              {t`Send and mark done`}
            </MenuItem>
          </Menu>
        </div>
      </div>
    </div>
  );
}

function useAutosize(field: React.RefObject<HTMLTextAreaElement | null>, text: string) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, window.innerHeight * TALLEST)}px`;
  }, [field, text]);
}
