import { useLingui } from '@lingui/react/macro';
import { Paperclip } from 'lucide-react';
import {
  type ClipboardEvent,
  type ComponentType,
  type DragEvent,
  type ReactNode,
  type RefObject,
  type SyntheticEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import { useScope } from '@/conversations/scope';
import { MAX_BYTES, type Upload, upload } from '@/conversations/uploads';
import { IconButton, toast } from '@/design';
import css from './Composer.module.css';
import { type Trigger, triggerAt } from './trigger';
import { UploadList } from './UploadList';

/** How much of the window the text may take before it scrolls. */
const TALLEST = 0.34;

/** What a list over the text gets: what was typed, and how to put the choice in its place. */
export interface PopupProps {
  trigger: Trigger;
  field: RefObject<HTMLTextAreaElement | null>;
  onInsert: (text: string) => void;
  onClose: () => void;
}

/** A text and its files. */
interface Writing {
  text: string;
  setText: (text: string) => void;
  /** Where its files wait. */
  box: string;
  uploads: Upload[];
}

interface Props {
  /** Of the field on its page. */
  id: string;
  writing: Writing;
  field: RefObject<HTMLTextAreaElement | null>;
  label: string;
  placeholder: string;
  /** The list that opens after a sign in the text. */
  popup: ComponentType<PopupProps>;
  onType?: () => void;
  onFocus: (focused: boolean) => void;
  /** What there is to say about the text. */
  hints?: ReactNode;
  /** The way out. */
  children: ReactNode;
}

/** Where one writes: a text with a list over it, and files. */
export function WritingBox(props: Props) {
  const { id, writing, field, label, placeholder, popup: Popup, onType, onFocus, hints, children } = props;
  const { t } = useLingui();
  const scope = useScope();
  const { text, box, uploads } = writing;
  const picker = useRef<HTMLInputElement>(null);
  const [dropping, setDropping] = useState(false);
  const [trigger, setTrigger] = useState<Trigger | null>(null);
  useAutosize(field, text);

  function look({ currentTarget }: SyntheticEvent<HTMLTextAreaElement>) {
    setTrigger(triggerAt(currentTarget.value, currentTarget.selectionStart));
  }

  /** Puts a choice in the place of the sign. What was typed while it was fetched stands behind it. */
  function insert(chosen: string) {
    const element = field.current;
    if (!trigger || !element) return;
    const { value, selectionEnd } = element;
    const caret = trigger.from + chosen.length + Math.max(0, selectionEnd - trigger.to);
    flushSync(() => {
      writing.setText(value.slice(0, trigger.from) + chosen + value.slice(trigger.to));
      setTrigger(null);
    });
    element.focus();
    element.setSelectionRange(caret, caret);
  }

  function attach(files: Iterable<File>) {
    for (const file of files) {
      if (file.size <= MAX_BYTES) void upload(scope, box, file);
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

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files can be dropped here; the button does the same.
    <div
      data-dropping={dropping || undefined}
      className={css.writing}
      onDragOver={(event) => {
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={onDrop}
    >
      {trigger && (
        <Popup trigger={trigger} field={field} onInsert={insert} onClose={() => setTrigger(null)} />
      )}
      <label className="visually-hidden" htmlFor={id}>
        {label}
      </label>
      <textarea
        ref={field}
        id={id}
        className={css.field}
        rows={2}
        value={text}
        placeholder={placeholder}
        onChange={(event) => {
          writing.setText(event.target.value);
          look(event);
          onType?.();
        }}
        onSelect={(event) => trigger && look(event)}
        onPaste={onPaste}
        onFocus={() => onFocus(true)}
        onBlur={() => {
          onFocus(false);
          setTrigger(null);
        }}
      />
      {hints}
      <UploadList box={box} uploads={uploads} />
      <div className={css.bar}>
        <IconButton label={t`Attach files`} onClick={() => picker.current?.click()}>
          <Paperclip size={17} aria-hidden="true" />
        </IconButton>
        <input
          ref={picker}
          id={`${id}-files`}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            attach(event.target.files ?? []);
            event.target.value = '';
          }}
        />
        <span className={css.gap} />
        {children}
      </div>
    </div>
  );
}

function useAutosize(field: RefObject<HTMLTextAreaElement | null>, text: string) {
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    // An empty field is as high as its rows say. Measuring it would lay out the page while it is being put together.
    if (text === '') return;
    element.style.height = `${Math.min(element.scrollHeight, window.innerHeight * TALLEST)}px`;
  }, [field, text]);
}
