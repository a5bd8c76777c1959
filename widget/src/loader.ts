import { inkOn, isColor } from './color';
import type { Identity, Launcher, Panel, Theme } from './contract';
import css from './launcher.css';
import { pickLocale } from './locale';

type Call = [command: string, argument?: unknown, listener?: unknown];
interface Api {
  (...call: Call): void;
  q?: Call[];
}
declare global {
  interface Window {
    Guildhall?: Api;
  }
}

const CHAT = 'M6 4h12a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Z';
const CHEVRON = 'm6 9 6 6 6-6';
const LABELS = {
  en: {
    open: 'Open chat',
    close: 'Close chat',
    unread: 'unread',
    failed: 'Chat did not load. Try again',
  },
  es: {
    open: 'Abrir chat',
    close: 'Cerrar chat',
    unread: 'sin leer',
    failed: 'El chat no cargó. Reintentar',
  },
};

function start(script: HTMLScriptElement) {
  const data = script.dataset;
  const { key = '', color, position, locale: wanted } = data;
  const base = new URL('.', script.src).href;
  let isOpen = false;
  let unread = 0;
  let module: Promise<{ mount(launcher: Launcher): Panel }> | undefined;
  let panel: Promise<Panel> | undefined;
  let theme: Theme = {};
  let failures = 0;
  const listeners: ((count: number) => void)[] = [];

  const host = document.createElement('guildhall-chat');
  // A page's `* { … }` rules match the host element itself and would inherit into the shadow tree.
  host.style.setProperty('all', 'initial', 'important');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];

  const frame = make('div', 'frame');
  const button = make('button', 'launcher');
  const badge = make('span', 'badge');
  button.ariaHasPopup = 'dialog';
  button.append(icon('chat', CHAT), icon('chevron', CHEVRON), badge);
  frame.append(button);
  root.append(frame);

  const launcher: Launcher = {
    key,
    data,
    base,
    root,
    frame,
    locale: () =>
      pickLocale(wanted, theme.locale, document.documentElement.lang, ...navigator.languages),
    theme: paint,
    unread(count) {
      if (count === unread) return;
      unread = count;
      label();
      for (const listener of listeners) listener(count);
    },
    close: () => toggle(false),
  };

  function label() {
    const texts = LABELS[launcher.locale()];
    const count = unread > 9 ? '9+' : unread || '';
    button.title =
      (failures ? texts.failed : isOpen ? texts.close : texts.open) +
      (count && `, ${count} ${texts.unread}`);
    button.ariaLabel = button.title;
    button.ariaExpanded = String(isOpen);
    badge.textContent = failures ? '!' : String(count);
  }

  function paint(chosen: Theme) {
    theme = chosen;
    const brand = [color, theme.color].find(isColor) ?? '#2b4fcf';
    frame.style.setProperty('--brand', brand);
    frame.style.setProperty('--ink', inkOn(brand));
    frame.toggleAttribute('data-left', (position ?? theme.position) === 'left');
    label();
  }

  const fetchPanel = () => {
    // Some browsers remember that an import failed; another query is another module to them.
    module ??= import(base + PANEL_FILE + (failures ? `?${failures}` : '')).catch((error) => {
      module = undefined;
      failures++;
      throw error;
    });
    return module;
  };
  const preload = () => void fetchPanel().catch(() => {});

  const mountPanel = () => {
    panel ??= fetchPanel().then(({ mount }) => mount(launcher));
    return panel;
  };

  async function toggle(open: boolean) {
    if (open === isOpen) return;
    isOpen = open;
    label();
    button.toggleAttribute('data-busy', open);
    try {
      const mounted = await mountPanel();
      failures = 0;
      const hadFocus = root.activeElement;
      // The visitor may have clicked again while the panel was on its way.
      frame.toggleAttribute('data-open', isOpen);
      if (isOpen) return mounted.open();
      mounted.close();
      // Closed by the site while the visitor is elsewhere on the page: they stay there.
      if (hadFocus) button.focus();
    } catch (error) {
      console.warn(error);
      panel = undefined;
      isOpen = false;
    } finally {
      label();
      button.removeAttribute('data-busy');
    }
  }

  const api: Api = (command, argument, listener) => {
    if (command === 'open' || command === 'close') toggle(command === 'open');
    if (command === 'on' && argument === 'unread')
      listeners.push(listener as (typeof listeners)[0]);
    if (command === 'identify') {
      const identity = (argument ?? null) as Identity | null;
      launcher.identity = identity;
      panel?.then((mounted) => mounted.identify(identity)).catch(() => {});
    }
  };

  /** What the panel stored. */
  function recall(name: string) {
    try {
      return JSON.parse(localStorage.getItem(`guildhall:${key}:${name}`) ?? 'null');
    } catch {
      // Storage is refused in some privacy modes; the chat works without it.
      return null;
    }
  }

  function attach() {
    document.body.append(host);
    if (recall('visitor')) {
      const idle = window.requestIdleCallback ?? setTimeout;
      idle(() => void mountPanel().catch(() => (panel = undefined)));
    }
  }

  button.onclick = () => toggle(!isOpen);
  button.onpointerenter = preload;
  button.onfocus = preload;
  paint(recall('theme') ?? {});

  const queued = window.Guildhall?.q ?? [];
  window.Guildhall = api;
  for (const call of queued) api(...call);
  if (document.body) attach();
  else addEventListener('DOMContentLoaded', attach, { once: true });
}

function make<K extends keyof HTMLElementTagNameMap>(tag: K, className: string) {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}

function icon(name: string, path: string) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', name);
  const shape = document.createElementNS(svg.namespaceURI as string, 'path');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}

const current = document.currentScript as HTMLScriptElement | null;
if (current && !document.querySelector('guildhall-chat')) start(current);
