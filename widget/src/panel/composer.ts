import { h, iconButton, setAttributes } from './dom';
import type { Strings } from './strings';
import type { Tray } from './tray';
import type { Attachment } from './types';
import type { Typist } from './typing';

const LONGEST = 20_000;

export type Composer = ReturnType<typeof createComposer>;

/** Where the visitor writes. */
export function createComposer(options: {
  strings: Strings;
  draft: string;
  typist: Typist;
  makeTray: (complain: (text: string) => void, onChange: () => void) => Tray;
  onDraft: (text: string) => void;
  onSend: (text: string, attachments: Attachment[]) => void;
}) {
  const { strings, draft, typist, onDraft, onSend } = options;
  let isWaiting = false;
  const error = h('p', { class: 'error', role: 'alert' });
  const chooser = h('input', { type: 'file', multiple: true, hidden: true });
  const attach = iconButton('clip', strings.attach);
  const input = h('textarea', {
    rows: 1,
    maxlength: LONGEST,
    placeholder: strings.placeholder,
    'aria-label': strings.message,
    enterkeyhint: 'send',
    dir: 'auto',
  });
  const send = iconButton('send', strings.send, 'send');
  send.type = 'submit';
  const note = h('p', { class: 'note', role: 'status' });
  const tray = options.makeTray(complain, onFiles);
  const row = h('div', { class: 'row' }, attach, chooser, input, send);
  const element = h('form', { class: 'composer' }, error, tray.element, note, row);

  function complain(text: string) {
    error.textContent = text;
  }

  const isEmpty = () => !input.value.trim() && tray.isEmpty();

  /** Sent before its files were uploaded, the message waits for them. */
  function wait(forFiles: boolean) {
    isWaiting = forFiles;
    note.textContent = forFiles ? strings.uploadsFirst : '';
  }

  function onFiles() {
    update();
    if (!isWaiting || tray.isBusy()) return;
    wait(false);
    // Without a file that failed it would not be the same message.
    if (!tray.hasFailed()) submit();
  }

  function update() {
    const empty = isEmpty();
    setAttributes(send, {
      'aria-disabled': empty && 'true',
      title: empty ? strings.placeholder : strings.send,
    });
    input.style.height = 'auto';
    // Without a layout there is nothing to measure.
    if (input.scrollHeight) input.style.height = `${input.scrollHeight}px`;
  }

  function submit() {
    if (isEmpty()) return;
    if (tray.isBusy()) return wait(true);
    const text = input.value.trim();
    complain('');
    typist.stop();
    input.value = '';
    onDraft('');
    onSend(text, tray.take());
    update();
  }

  function take(files: FileList | null | undefined) {
    if (!files?.length) return;
    complain('');
    tray.add(files);
    input.focus();
  }

  element.onsubmit = (event) => {
    event.preventDefault();
    submit();
    input.focus();
  };
  input.onkeydown = (event) => {
    // Enter also ends a composition, as in Japanese; Safari then reports it as key 229.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229)
      return;
    event.preventDefault();
    submit();
  };
  input.oninput = () => {
    complain('');
    wait(false);
    onDraft(input.value);
    if (input.value.trim()) typist.keyed();
    else typist.stop();
    update();
  };
  input.onpaste = (event) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    take(event.clipboardData.files);
  };
  attach.onclick = () => chooser.click();
  chooser.onchange = () => {
    take(chooser.files);
    chooser.value = '';
  };
  input.value = draft;

  return { element, take, update, focus: () => input.focus() };
}
