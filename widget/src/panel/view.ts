import type { Launcher } from '../contract';
import type { Locale } from '../locale';
import type { Client } from './client';
import { createComposer } from './composer';
import { h } from './dom';
import type { Files } from './files';
import { createFormat } from './format';
import { createHeader, introduction } from './header';
import { quietly } from './http';
import { createLog } from './log';
import { createPreChat } from './prechat';
import { needsForm, type State } from './store';
import { catalogues, type Strings } from './strings';
import { createTray } from './tray';
import { createTypist } from './typing';

/** Where the panel fills the screen; the style sheets say the same. */
const SMALL = '(max-width: 480px), (max-height: 420px)';

type Stage = Exclude<State['phase'], 'ready'> | 'form' | 'chat';

export type View = ReturnType<typeof createView>;

/** The panel in one language. */
export function createView(options: {
  locale: Locale;
  client: Client;
  files: Files;
  launcher: Pick<Launcher, 'identity' | 'close'>;
  onSeen: () => void;
}) {
  const { locale, client, files, launcher, onSeen } = options;
  const { storage } = client;
  const strings = catalogues[locale];
  const format = createFormat(locale, strings);
  const small = matchMedia(SMALL);
  let stage: Stage | undefined;

  const header = createHeader(strings, launcher.close);
  const notice = h('p', { class: 'notice', role: 'status' });
  const status = h('p', { class: 'sr', role: 'status' });
  const announce = (text: string) => {
    status.textContent = text;
  };
  const log = createLog({
    strings,
    format,
    files,
    onRetry: client.retry,
    onDelete: client.discard,
    onTop: () => quietly(client.chat.loadEarlier()),
    onEnd: onSeen,
  });
  const composer = createComposer({
    strings,
    draft: storage.get('draft') ?? '',
    typist: createTypist(client.typing),
    makeTray: (complain, onChange) =>
      createTray({ strings, format, api: client.api, files, announce, complain, onChange }),
    onDraft: (text) => (text ? storage.set('draft', text) : storage.remove('draft')),
    onSend: client.send,
  });
  const body = h('div', { class: 'body' });
  const drop = h('div', { class: 'drop', 'aria-hidden': 'true' }, strings.drop);
  const element = h(
    'dialog',
    { class: 'panel', lang: locale, 'aria-labelledby': 'title', tabindex: -1 },
    header.element,
    notice,
    body,
    status,
    drop,
  );
  let focusInside = () => {};

  function enter(next: Stage, state: State) {
    stage = next;
    const { activeElement } = element.getRootNode() as ShadowRoot;
    const hadFocus = activeElement === element || body.contains(activeElement);
    const [content, focus] = scene(next, state);
    body.replaceChildren(...content);
    focusInside = focus;
    composer.update();
    if (hadFocus) takeFocus();
  }

  /** What a stage shows, and where the focus goes. */
  function scene(stage: Stage, state: State): [Node[], () => void] {
    if (stage === 'chat') return [[log.element, composer.element], composer.focus];
    if (stage === 'form') {
      const form = createPreChat({
        strings,
        introduction: introduction(state.config, strings),
        required: state.config?.settings.pre_chat === 'required',
        known: launcher.identity,
        onSubmit: client.introduce,
      });
      return [[form.element], form.focus];
    }
    const onSelf = () => element.focus();
    if (stage === 'loading') return [[h('p', { class: 'waiting' }, strings.loading)], onSelf];
    const retry = h('button', { type: 'button', class: 'primary' }, strings.retry);
    retry.onclick = () => client.learn();
    const explanation = h('p', { role: 'alert' }, strings[stage]);
    return [[h('div', { class: 'waiting' }, explanation, stage !== 'refused' && retry)], onSelf];
  }

  function show() {
    if (small.matches) element.showModal();
    else element.show();
    fitScreen();
    composer.update();
    log.toEnd();
    takeFocus();
  }

  function takeFocus() {
    // A phone would raise its keyboard over the conversation.
    if (matchMedia('(pointer: coarse)').matches) element.focus();
    else focusInside();
  }

  /** On a small screen the keyboard takes its part of the height away. */
  function fitScreen() {
    const { height, offsetTop } = visualViewport ?? { height: innerHeight, offsetTop: 0 };
    element.style.height = small.matches ? `${height}px` : '';
    element.style.top = small.matches ? `${offsetTop}px` : '';
  }

  function turn() {
    if (!element.open) return fitScreen();
    element.close();
    show();
  }

  small.addEventListener('change', turn);
  visualViewport?.addEventListener('resize', fitScreen);
  visualViewport?.addEventListener('scroll', fitScreen);
  // The page's own shortcuts must not fire while the visitor writes.
  for (const type of ['keydown', 'keyup', 'keypress'] as const) {
    element.addEventListener(type, (event) => event.stopPropagation());
  }
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    launcher.close();
  });
  element.addEventListener('cancel', (event) => {
    // The way back on a phone; `close` itself decides where the focus goes.
    event.preventDefault();
    launcher.close();
  });
  takeDrops(
    element,
    () => stage === 'chat',
    (files) => composer.take(files),
  );

  return {
    element,
    locale,
    show,
    hide: () => element.close(),
    isAtEnd: log.isAtEnd,
    update(state: State) {
      const next = stageOf(state);
      if (next !== stage) enter(next, state);
      header.update(state.config);
      log.update(state);
      const trouble = stage === 'chat' || stage === 'form' ? noticeOf(state, strings) : '';
      if (notice.textContent !== trouble) notice.textContent = trouble;
    },
    dispose() {
      small.removeEventListener('change', turn);
      visualViewport?.removeEventListener('resize', fitScreen);
      visualViewport?.removeEventListener('scroll', fitScreen);
      element.remove();
    },
  };
}

function stageOf(state: State): Stage {
  if (state.phase !== 'ready') return state.phase;
  return needsForm(state) ? 'form' : 'chat';
}

function noticeOf({ reachable }: State, strings: Strings): string {
  if (reachable) return '';
  return navigator.onLine ? strings.reconnecting : strings.offline;
}

function takeDrops(
  element: HTMLElement,
  isWanted: () => boolean,
  take: (files: FileList | undefined) => void,
) {
  const mark = (on: boolean) => element.toggleAttribute('data-dropping', on);
  element.addEventListener('dragover', (event) => {
    if (!isWanted() || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    mark(true);
  });
  element.addEventListener('dragleave', (event) => {
    if (!element.contains(event.relatedTarget as Node | null)) mark(false);
  });
  element.addEventListener('drop', (event) => {
    if (!isWanted()) return;
    event.preventDefault();
    mark(false);
    take(event.dataTransfer?.files);
  });
}
