import type { Locale } from './locale';

/** What a site may tell about its signed-in user. Without `hash` it is only a claim. */
export interface Identity {
  user_id?: string | undefined;
  name?: string | undefined;
  email?: string | undefined;
  /** Hex HMAC-SHA256 of `user_id`, made on the site's server with the channel's secret. */
  hash?: string | undefined;
}

/** The look a channel chose. The panel stores it as `theme`, so a returning visitor's launcher never changes colour. */
export interface Theme {
  color?: string | undefined;
  position?: string | undefined;
  locale?: string | undefined;
}

/** What the loader hands to the panel. */
export interface Launcher {
  key: string;
  /** The script element's data attributes. */
  data: DOMStringMap;
  /** Absolute address of the server's `/widget/` folder. */
  base: string;
  root: ShadowRoot;
  /** The fixed-position box inside the shadow root that holds launcher and panel. */
  frame: HTMLElement;
  /** Undefined until the site calls `identify`, which goes before data attributes; null when nobody is signed in. */
  identity?: Identity | null | undefined;
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
