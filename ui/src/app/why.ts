import { createStore } from '@/design/store';

/** Something that was refused to the person here. */
export interface Question {
  permission: string;
  /** What it was to be done with, as `kind:id`; nothing for what concerns the workspace. */
  resource?: string | undefined;
}

/** The question whose answer lies over the page. */
export const question = createStore<Question | null>(null);
