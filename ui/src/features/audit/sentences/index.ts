import { access } from './access';
import { checkouts } from './checkouts';
import { credits } from './credits';
import { inbox } from './inbox';
import type { Sentence } from './parts';
import { people } from './people';
import { rights } from './rights';
import { routing } from './routing';
import { seats } from './seats';
import { subscriptions } from './subscriptions';
import { teams } from './teams';
import { work } from './work';

export type { Parts, Sentence } from './parts';

/** One sentence for each kind of event. */
export const sentences: Record<string, Sentence> = {
  ...people,
  ...rights,
  ...routing,
  ...teams,
  ...work,
  ...inbox,
  ...access,
  ...checkouts,
  ...credits,
  ...seats,
  ...subscriptions,
};
