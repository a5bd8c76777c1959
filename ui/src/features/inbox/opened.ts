import { createContext, use } from 'react';
import type { ConversationView } from '@/api';
import type { Scope } from '@/conversations/scope';

interface Opened {
  scope: Scope;
  conversation: ConversationView;
  /** Back to the list. */
  close: () => void;
  /** On to the next conversation. */
  advance: () => void;
}

export const ConversationContext = createContext<Opened | null>(null);

/** The conversation that is open, for everything in its panes. */
export function useOpened(): Opened {
  const opened = use(ConversationContext);
  if (!opened) throw new Error('Only inside an open conversation');
  return opened;
}
