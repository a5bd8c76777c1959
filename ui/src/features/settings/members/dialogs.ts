import type { ExitReceiptView, MemberView, SeatType } from '@/api';
import { createStore } from '@/design';

/** What gives a member a seat that they do not hold. */
export interface SeatTaking {
  member: MemberView;
  seat: SeatType;
  /** Asked before money is spent on it. */
  question: string;
  confirm: string;
  run: () => void;
}

/** What is asked about a member over the page. */
export type MemberDialog =
  | { kind: 'edit' | 'light' | 'sets' | 'sessions' | 'deactivate' | 'remove'; member: MemberView }
  | ({ kind: 'seat' } & SeatTaking)
  | { kind: 'receipt'; member: MemberView; receipt: ExitReceiptView };

/** The open dialog. It outlives the row that opened it, which may be gone when a receipt is shown. */
export const memberDialog = createStore<MemberDialog | null>(null);

export const closeDialog = () => memberDialog.set(null);
