import type { Identity } from '../contract';
import { type Http, HttpError } from './http';
import type { Storage } from './storage';
import type { Tabs } from './tabs';
import type { Visitor, VisitorGrant } from './types';

/** Name and e-mail as typed before the chat: a claim, never an identity. */
export interface About {
  name: string;
  email: string;
}

interface Stored {
  token: string;
  visitor: Visitor;
  /** When to exchange the token for a fresh one: half of its life. */
  renew_at: number;
  /** The signed identity the token was made with. */
  identity?: Identity | null | undefined;
}

export type Session = ReturnType<typeof createSession>;

/** The visitor's token: made when first needed, kept per channel, renewed in time. */
export function createSession(options: {
  key: string;
  http: Http;
  storage: Storage;
  tabs: Tabs;
  locale: () => string;
  /** The token was made or exchanged; the visitor need not be the one from before. */
  onChange: () => void;
}) {
  const { key, http, storage, tabs, locale, onChange } = options;
  let identity: Identity | null | undefined;

  const stored = () => storage.get<Stored>('visitor');

  async function request(old: Stored | null): Promise<VisitorGrant> {
    const about = storage.get<About>('about');
    const body = {
      channel_key: key,
      ...(old && { visitor_token: old.token }),
      ...(!identity && about?.name && { name: about.name }),
      ...(!identity && about?.email && { email: about.email }),
      ...(identity && { identity }),
      locale: locale(),
      page_url: location.origin + location.pathname,
    };
    try {
      return await http.json<VisitorGrant>('visitors', { method: 'POST', body });
    } catch (error) {
      if (!(error instanceof HttpError) || error.status !== 401) throw error;
      if (identity && error.problem.code === 'visitor.identity_invalid') {
        console.error(
          `Guildhall: the hash given to Guildhall('identify') does not match user_id. Make it on your server: hex HMAC-SHA256 of user_id with the channel's identity secret.`,
        );
        identity = undefined;
        return request(old);
      }
      if (old) return request(null);
      throw error;
    }
  }

  /** Exchanges (or makes) the token, unless another tab just did. */
  const establish = (stale: Stored | null) =>
    tabs.exclusive('token', async () => {
      const present = stored();
      if (present && present.token !== stale?.token) return present.token;
      const started = Date.now();
      const { token, visitor, expires_at } = await request(present);
      const life = Math.max(0, Date.parse(expires_at) - started);
      storage.set('visitor', { token, visitor, identity, renew_at: started + life / 2 });
      onChange();
      return token;
    });

  async function token() {
    const present = stored();
    if (present && Date.now() < present.renew_at) return present.token;
    try {
      return await establish(present);
    } catch (error) {
      // Past half of its life a token still works; renewing can wait for a better connection.
      if (present && error instanceof HttpError && error.temporary) return present.token;
      throw error;
    }
  }

  return {
    /** Who the server takes this browser for, once it was asked. */
    visitor: () => stored()?.visitor ?? null,
    identified: () => Boolean(identity) || (stored()?.visitor.identified ?? false),
    token,

    /** Runs `use` with a token, once more with a fresh one if the server no longer knows it. */
    async authorised<T>(use: (token: string) => Promise<T>): Promise<T> {
      const first = await token();
      try {
        return await use(first);
      } catch (error) {
        if (!(error instanceof HttpError) || error.status !== 401) throw error;
        const present = stored();
        return use(await establish(present?.token === first ? present : null));
      }
    },

    /** Remembers what the visitor typed about themselves and tells the server, later if it is out of reach. */
    async introduce(about: About) {
      storage.set('about', about);
      try {
        await establish(stored());
      } catch (error) {
        if (error instanceof HttpError && error.temporary) return;
        storage.remove('about');
        throw error;
      }
    },

    /**
     * Takes the site's word about its user. Answers whether a different person was signed in
     * before, whose conversation must then be forgotten.
     */
    identify(next: Identity | null): 'same' | 'new' | 'different' {
      const before = stored()?.identity;
      identity = next && signed(next);
      if (before && before.user_id !== text(next?.user_id)) return 'different';
      return identity && JSON.stringify(before) !== JSON.stringify(identity) ? 'new' : 'same';
    },
    /** Tells the server about a new identity. */
    confirm: () => establish(stored()),

    forget() {
      for (const name of ['visitor', 'about', 'draft']) storage.remove(name);
    },
  };
}

/** Sites pass on what they have, numbers among it. */
const text = (id: unknown) => (id === undefined || id === null ? undefined : String(id));

/** The fields the server knows, in one order; nothing if nobody vouches for them. */
function signed({ user_id, name, email, hash }: Identity): Identity | undefined {
  const id = text(user_id);
  if (!id || !hash) return undefined;
  return { user_id: id, hash, ...(name && { name }), ...(email && { email }) };
}
