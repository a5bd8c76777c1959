import { soon, TypeAhead } from '@/design/soon';
import { withTexts } from '@/i18n';

/** What opens now and then, and is fetched then. */
export const HandoverDialog = soon(
  () => withTexts('inbox', () => import('./later/HandoverDialog')).then((it) => it.HandoverDialog),
  TypeAhead,
);
export const NoteActions = soon(() =>
  withTexts('inbox', () => import('./later/NoteActions')).then((it) => it.NoteActions),
);
export const PendingHandover = soon(() =>
  withTexts('inbox', () => import('./later/PendingHandover')).then((it) => it.PendingHandover),
);
export const ScheduledMessages = soon(() =>
  withTexts('inbox', () => import('./later/ScheduledMessages')).then((it) => it.ScheduledMessages),
);
export const BulkBar = soon(() =>
  withTexts('inbox', () => import('./later/BulkBar')).then((it) => it.BulkBar),
);
export const BulkProgress = soon(() =>
  withTexts('inbox', () => import('./later/BulkProgress')).then((it) => it.BulkProgress),
);
export const MergeDialog = soon(
  () => withTexts('inbox', () => import('./later/MergeDialog')).then((it) => it.MergeDialog),
  TypeAhead,
);
export const MergeLine = soon(() =>
  withTexts('inbox', () => import('./later/MergeLine')).then((it) => it.MergeLine),
);
export const MessageMenu = soon(() =>
  withTexts('inbox', () => import('./later/MessageMenu')).then((it) => it.MessageMenu),
);
export const MomentDialog = soon(
  () => withTexts('inbox', () => import('./later/MomentDialog')).then((it) => it.MomentDialog),
  TypeAhead,
);
export const SaveViewDialog = soon(
  () => withTexts('inbox', () => import('./later/SaveViewDialog')).then((it) => it.SaveViewDialog),
  TypeAhead,
);
export const WhyAssignee = soon(() =>
  withTexts('inbox', () => import('./later/WhyAssignee')).then((it) => it.WhyAssignee),
);
