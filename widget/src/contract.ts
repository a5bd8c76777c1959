import type { Locale } from './locale';

/** What a site may tell about its signed-in user. Without `hash` it is only a claim. */
export interface Identity {
  user_id: string;
  name?: string;
  email?: string;
  /** Hex HMAC-SHA256 of `user_id`, made on the site's server with the channel's secret. */
  hash?: string;
}

/** The look a channel chose. Remembered, so a returning visitor's launcher never changes colour. */
export interface Theme {
  color?: string | undefined;
  position?: string | undefined;
  locale?: string | undefined;
}

/** What the loader hands to the panel. */
export interface Launcher {
  key: string;
  /** Absolute address of the server's `/widget/` folder. */
  base: string;
  root: ShadowRoot;
  /** The fixed-position box inside the shadow root that holds launcher and panel. */
  frame: HTMLElement;
  /** Undefined until the site calls `identify`; null when it says that nobody is signed in. */
  identity?: Identity | null;
  locale(): Locale;
  theme(theme: Theme): void;
  unread(count: number): void;
  close(): void;
}

/** What the panel hands back. */
export interface Panel {
  open(): void;
  close(): void;
  identify(identity: Identity | null): void;
}
