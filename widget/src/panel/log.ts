import { createRows, h, icon, linkified, type Row, setAttributes } from './dom';
import { type Files, hasPreview } from './files';
import type { Format } from './format';
import { introduction } from './header';
import type { State } from './store';
import type { Strings } from './strings';
import { type Entry, timeline } from './timeline';
import type { Attachment } from './types';

/** Nearer to the end than this counts as being at the end. */
const SLACK = 48;

export type Log = ReturnType<typeof createLog>;

/** The conversation: messages, day separators, receipts, typing. */
export function createLog(options: {
  strings: Strings;
  format: Format;
  files: Files;
  onRetry: (id: string) => void;
  onDelete: (id: string) => void;
  onTop: () => void;
  onEnd: () => void;
}) {
  const { strings, format, files } = options;
  const intro = h('div', { class: 'intro' });
  const list = h('div', { class: 'list', role: 'log' });
  const dots = h('span', { class: 'dots', 'aria-hidden': true }, h('i'), h('i'), h('i'));
  const typing = h('div', { class: 'typing', role: 'status' });
  const scroller = h(
    'div',
    { class: 'scroller', tabindex: 0, role: 'group', 'aria-label': strings.conversation },
    h('div', { class: 'sheet' }, intro, list, typing),
  );
  const jump = h(
    'button',
    { type: 'button', class: 'jump', hidden: true },
    icon('down'),
    strings.newMessages,
  );
  const element = h('div', { class: 'log' }, scroller, jump);
  const show = createRows(list);
  let atEnd = true;
  let firstKey: string | undefined;
  let lastKey: string | undefined;

  const toEnd = () => {
    scroller.scrollTop = scroller.scrollHeight;
  };
  const distance = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;

  scroller.addEventListener('scroll', () => {
    atEnd = distance() < SLACK;
    if (atEnd) {
      jump.hidden = true;
      options.onEnd();
    }
    if (scroller.scrollTop < SLACK) options.onTop();
  });
  jump.onclick = toEnd;
  // Pictures, the keyboard and the composer change heights without a scroll.
  const resized = new ResizeObserver(() => {
    if (atEnd) toEnd();
  });
  resized.observe(scroller);
  resized.observe(list);

  function message(entry: Entry): HTMLElement {
    const own = entry.kind === 'visitor';
    const name = own ? strings.you : (entry.author ?? strings.team);
    return h(
      'div',
      { class: 'message', 'data-own': own },
      h(
        'span',
        { class: 'author' },
        name,
        entry.kind === 'ai' && h('b', { class: 'ai' }, strings.ai),
      ),
      ...entry.attachments.map((file) => (hasPreview(file) ? picture(file) : card(file))),
      entry.text && h('div', { class: 'bubble', dir: 'auto' }, ...linkified(entry.text)),
    );
  }

  const saveButton = (file: Attachment, className: string, ...content: (Node | string)[]) => {
    const label = strings.download(file.name);
    const button = h('button', { type: 'button', class: className, title: label }, ...content);
    button.onclick = () =>
      files.save(file).catch(() => button.toggleAttribute('data-failed', true));
    return button;
  };

  function card(file: Attachment) {
    return saveButton(
      file,
      'file',
      icon('file'),
      h('span', {}, h('b', {}, file.name), h('small', {}, format.size(file.size))),
    );
  }

  function picture(file: Attachment) {
    const image = h('img', { alt: file.name });
    const button = saveButton(file, 'picture', image);
    // A page that forbids blob pictures, or a lost file, still leaves the file to download.
    const giveUp = () => button.replaceWith(card(file));
    image.onerror = giveUp;
    files.preview(file).then((address) => {
      image.src = address;
    }, giveUp);
    return button;
  }

  function status(entry: Entry): string {
    const time = format.time(entry.at);
    if (entry.kind !== 'visitor' || entry.status === 'none' || entry.status === 'failed') {
      return time;
    }
    if (entry.status === 'queued' || entry.status === 'sending') return strings[entry.status];
    return `${time} · ${strings[entry.status]}`;
  }

  function rowsOf(entry: Entry): Row[] {
    const rows: Row[] = [];
    const { key, kind } = entry;
    if (entry.newDay) {
      const day = format.day(entry.at);
      rows.push({
        key: `day ${entry.at.toDateString()}`,
        version: day,
        make: () => h('div', { class: 'day' }, h('span', {}, day)),
      });
    }
    rows.push({
      key,
      version: JSON.stringify([entry.text, entry.author, entry.attachments.map(({ id }) => id)]),
      make: () => (kind === 'system' ? h('p', { class: 'system' }, entry.text) : message(entry)),
      update: (row) =>
        setAttributes(row, {
          'data-head': entry.head,
          'data-tail': entry.tail,
          title: format.full(entry.at),
        }),
    });
    if (entry.status === 'failed') {
      rows.push({ key: `failed ${key}`, version: '', make: () => failure(key) });
    } else if (entry.tail && kind !== 'system') {
      rows.push({
        key: `meta ${key}`,
        version: '',
        // Receipts change silently; the log announces messages.
        make: () => h('div', { class: 'meta', 'aria-live': 'off', 'data-own': kind === 'visitor' }),
        update: (row) => {
          const text = status(entry);
          if (row.textContent !== text) row.textContent = text;
        },
      });
    }
    return rows;
  }

  function failure(key: string) {
    const retry = h('button', { type: 'button', class: 'retry' }, strings.failed);
    const remove = h('button', { type: 'button' }, strings.delete);
    retry.onclick = () => options.onRetry(key);
    remove.onclick = () => options.onDelete(key);
    return h('div', { class: 'failure' }, retry, remove);
  }

  return {
    element,
    scroller,
    isAtEnd: () => atEnd,
    toEnd,
    update(state: State) {
      const entries = timeline(state);
      const last = entries.at(-1);
      const fromEnd = scroller.scrollHeight - scroller.scrollTop;
      const added = last?.key !== lastKey;
      // What was said before is no news; only what is added now is read out.
      setAttributes(list, { 'aria-live': added && lastKey !== undefined ? 'polite' : 'off' });
      show(entries.flatMap(rowsOf));

      intro.hidden = entries.length > 0;
      intro.textContent = state.loaded ? introduction(state.config, strings) : strings.loading;
      const writer = state.typing;
      if (typing.dataset.name !== (writer ?? '')) {
        typing.dataset.name = writer ?? '';
        typing.replaceChildren(
          ...(writer ? [h('span', { class: 'sr' }, strings.agentTyping(writer)), dots] : []),
        );
      }

      lastKey = last?.key ?? (state.loaded ? '' : undefined);
      const grewAbove = entries[0]?.key !== firstKey;
      firstKey = entries[0]?.key;
      if (atEnd || (added && last?.kind === 'visitor')) return toEnd();
      // Older messages arrived: stay with what is being read.
      if (grewAbove) scroller.scrollTop = scroller.scrollHeight - fromEnd;
      if (added) jump.hidden = false;
    },
  };
}
