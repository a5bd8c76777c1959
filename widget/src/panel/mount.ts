import { readableOn } from '../color';
import type { Launcher, Panel } from '../contract';
import { createClient } from './client';
import composer from './composer.css';
import { h } from './dom';
import { createFiles } from './files';
import log from './log.css';
import panel from './panel.css';
import { type State, unreadCount } from './store';
import { catalogues } from './strings';
import { createView, type View } from './view';

/** The panel's grounds, as panel.css has them. */
const GROUNDS = { light: '#ffffff', dark: '#15171a' };

/** Puts client and view together, and the view beside the launcher. */
export function mount(launcher: Launcher): Panel {
  const client = createClient(launcher);
  const { store, chat } = client;
  const files = createFiles(client.api);
  // The dialog is hidden when the chat is closed, and with it whatever it would say.
  const herald = h('p', { class: 'sr', role: 'status' });
  let heard = 0;
  let view = createView(viewOptions());

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(panel + log + composer);
  launcher.root.adoptedStyleSheets.push(sheet);
  launcher.frame.prepend(view.element, herald);

  function viewOptions(): Parameters<typeof createView>[0] {
    return { locale: launcher.locale(), client, files, launcher, onSeen: attend };
  }

  /** Another language, or another person: nothing of the old panel stays. */
  function renew() {
    const old: View = view;
    view = createView(viewOptions());
    old.element.before(view.element);
    old.dispose();
    view.update(store.get());
    if (store.get().open) view.show();
  }

  function dress({ config }: State) {
    if (!config) return;
    const { color, position, locale } = config.settings;
    const theme = { color, position, locale };
    launcher.theme(theme);
    client.storage.set('theme', theme);
    const { style } = launcher.frame;
    const brand = style.getPropertyValue('--brand');
    for (const [scheme, ground] of Object.entries(GROUNDS)) {
      style.setProperty(`--accent-${scheme}`, readableOn(ground, brand, 4.5));
    }
    if (launcher.locale() !== view.locale) renew();
  }

  /** What stands before the visitor's eyes is read. */
  function attend() {
    const visible = document.visibilityState === 'visible';
    if (store.get().open && visible && view.isAtEnd()) chat.markRead();
  }

  function proclaim(state: State) {
    const count = unreadCount(state);
    launcher.unread(count);
    if (count > heard && !state.open) {
      const strings = catalogues[view.locale];
      const author = state.threads.at(-1)?.messages.at(-1)?.author.name;
      herald.textContent = strings.newMessage(author ?? strings.team);
    }
    heard = count;
  }

  let config: State['config'] = null;
  store.subscribe((state) => {
    if (state.config !== config) {
      config = state.config;
      dress(state);
    }
    view.update(state);
    proclaim(state);
    attend();
  });
  document.addEventListener('visibilitychange', attend);

  const identify: Panel['identify'] = (identity) => {
    if (client.identify(identity)) renew();
  };
  const { scheme, userId, userHash, userName, userEmail } = launcher.data;
  if (scheme) launcher.frame.style.colorScheme = scheme;
  if (userId && launcher.identity === undefined) {
    launcher.identity = { user_id: userId, hash: userHash, name: userName, email: userEmail };
  }
  if (launcher.identity !== undefined) identify(launcher.identity);
  client.begin();

  return {
    identify,
    open() {
      herald.textContent = '';
      store.set({ open: true });
      if (store.get().phase === 'refused') client.learn();
      view.update(store.get());
      view.show();
    },
    close() {
      view.hide();
      store.set({ open: false });
    },
  };
}
