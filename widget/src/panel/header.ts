import { h, iconButton } from './dom';
import type { Strings } from './strings';
import type { Config } from './types';

/** A longer greeting is no title: it stands above the conversation instead. */
const LONGEST_TITLE = 90;
const FACES = 3;

const isTitle = (greeting: string) => greeting.length > 0 && greeting.length <= LONGEST_TITLE;

/** What stands where nothing was said yet. */
export function introduction(config: Config | null, strings: Strings): string {
  const greeting = config?.settings.greeting ?? '';
  return greeting && !isTitle(greeting) ? greeting : strings.intro;
}

/** Who answers, and how soon. */
export function createHeader(strings: Strings, onClose: () => void) {
  const faces = h('span', { class: 'faces', 'aria-hidden': 'true' });
  const title = h('h2', { id: 'title' }, strings.chat);
  const hint = h('p', { class: 'hint' });
  const close = iconButton('chevron', strings.close);
  close.onclick = onClose;
  const element = h('header', {}, faces, h('div', { class: 'words' }, title, hint), close);
  let shown: Config | null = null;

  return {
    element,
    update(config: Config | null) {
      if (!config || config === shown) return;
      shown = config;
      const { greeting, reply_time_hint } = config.settings;
      faces.replaceChildren(
        ...config.team.slice(0, FACES).map(({ initials }) => h('i', {}, initials)),
      );
      faces.toggleAttribute('data-online', config.online);
      title.textContent = isTitle(greeting) ? greeting : config.name;
      hint.textContent = reply_time_hint || (config.online ? strings.online : strings.away);
    },
  };
}
