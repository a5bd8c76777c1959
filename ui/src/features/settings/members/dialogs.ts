import type { ExitReceiptView, MemberView } from '@/api';
import { createStore } from '@/design';

/** What is asked about a member over the page. */
export type MemberDialog =
  | { kind: 'edit' | 'light' | 'sets' | 'sessions' | 'deactivate' | 'remove'; member: MemberView }
  | { kind: 'receipt'; member: MemberView; receipt: ExitReceiptView };

/** The open dialog. It outlives the row that opened it, which may be gone when a receipt is shown. */
export const memberDialog = createStore<MemberDialog | null>(null);

export const closeDialog = () => memberDialog.set(null);
