import { createStore } from '@/design';

/** Bulk actions under way that were started here, and what to say when they are done. */
export const running = createStore<{ id: string; done: string; undo: string | null }[]>([]);
