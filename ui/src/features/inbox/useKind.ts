import { createContext, use } from 'react';
import type { Kind } from '@/conversations/drafts';

/** Shows the reply or the note, adds to its text when there is something to add, and puts the caret there. */
export type Write = (kind: Kind, more?: string) => void;

export const WriteContext = createContext<Write>(() => undefined);

export function useWriteNote() {
  const write = use(WriteContext);
  return (more: string) => write('note', more);
}
