import type { ReactNode } from 'react';
import type { AuditEventView } from '@/api';

/** What sentences are made of. */
export interface Parts {
  who: ReactNode;
  what: ReactNode;
  event: AuditEventView;
  /** What a field of the event's detail is called, or says. */
  called: (field: string) => string;
  permission: string;
}

export type Sentence = (parts: Parts) => ReactNode;
