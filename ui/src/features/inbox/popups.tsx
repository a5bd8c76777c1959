import { soon } from '@/design/soon';
import { withTexts } from '@/i18n';
import type { PopupProps } from './WritingBox';

const CannedPopup = soon(() =>
  withTexts('inbox', () => import('./later/CannedPopup')).then((it) => it.CannedPopup),
);
const MentionPopup = soon(() =>
  withTexts('inbox', () => import('./later/MentionPopup')).then((it) => it.MentionPopup),
);
const NoteInstead = soon(() =>
  withTexts('inbox', () => import('./later/MentionPopup')).then((it) => it.NoteInstead),
);

/** Ready answers after a slash. Customers are not mentioned: an at sign leads to a note. */
export function ReplyPopup(props: PopupProps) {
  return props.trigger.sign === '/' ? <CannedPopup {...props} /> : <NoteInstead {...props} />;
}

/** Colleagues after an at sign. */
export function NotePopup(props: PopupProps) {
  return props.trigger.sign === '@' ? <MentionPopup {...props} /> : null;
}
