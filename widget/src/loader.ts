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

const CHAT =
  'M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H11l-4.5 4v-4A2.5 2.5 0 0 1 4 13.5Z';
const CHEVRON = 'm6 9 6 6 6-6';
const LABELS = {
  en: { open: 'Open chat', close: 'Close chat', unread: 'unread' },
  es: { open: 'Abrir chat', close: 'Cerrar chat', unread: 'sin leer' },
};

function start(script: HTMLScriptElement) {
  const { key = '', color, position, locale: wanted } = script.dataset;
  const base = new URL('.', script.src).href;
  const storage = `guildhall:${key}:`;
  let isOpen = false;
  let unread = 0;
  let module: Promise<{ mount(launcher: Launcher): Panel }> | undefined;
  let panel: Promise<Panel> | undefined;
  let theme: Theme = {};
  const listeners: ((count: number) => void)[] = [];

  const host = document.createElement('guildhall-chat');
  // A page's `* { … }` rules match the host element itself and would inherit into the shadow tree.
  host.style.setProperty('all', 'initial', 'important');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];

  const frame = document.createElement('div');
  frame.className = 'frame';
  const button = document.createElement('button');
  button.className = 'launcher';
  button.setAttribute('aria-haspopup', 'dialog');
  const badge = document.createElement('span');
  badge.className = 'badge';
  button.append(icon('chat', CHAT), icon('chevron', CHEVRON), badge);
  frame.append(button);
  root.append(frame);

  const launcher: Launcher = {
    key,
    base,
    root,
    frame,
    locale: () =>
      pickLocale(wanted, theme.locale, document.documentElement.lang, ...navigator.languages),
    theme(chosen) {
      remember('theme', JSON.stringify(chosen));
      paint(chosen);
    },
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
    const count = unread ? ` (${unread} ${texts.unread})` : '';
    button.setAttribute('aria-label', (isOpen ? texts.close : texts.open) + count);
    button.setAttribute('aria-expanded', String(isOpen));
    badge.textContent = unread > 9 ? '9+' : unread ? String(unread) : '';
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
    module ??= import(base + PANEL_FILE).catch((error) => {
      module = undefined;
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
      // The visitor may have clicked again while the panel was on its way.
      frame.toggleAttribute('data-open', isOpen);
      if (isOpen) return mounted.open();
      mounted.close();
      button.focus();
    } catch {
      panel = undefined;
      isOpen = false;
      label();
    } finally {
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

  function remember(name: string, value: string) {
    try {
      localStorage.setItem(storage + name, value);
    } catch {
      // Storage is refused in some privacy modes; the chat works without it.
    }
  }

  function recall(name: string) {
    try {
      return localStorage.getItem(storage + name);
    } catch {
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
  paint(JSON.parse(recall('theme') ?? '{}'));

  const queued = window.Guildhall?.q ?? [];
  window.Guildhall = api;
  for (const call of queued) api(...call);
  if (document.body) attach();
  else addEventListener('DOMContentLoaded', attach, { once: true });
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
