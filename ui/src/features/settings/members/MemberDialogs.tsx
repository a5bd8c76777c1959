import { useStore } from '@/design';
import { closeDialog, memberDialog } from './dialogs';
import { EditMemberDialog } from './EditMemberDialog';
import { EndSessionsDialog } from './EndSessionsDialog';
import { ExitDialog } from './ExitDialog';
import { LightSeatDialog } from './LightSeatDialog';
import { PermissionSetsDialog } from './PermissionSetsDialog';
import { ReceiptDialog } from './ReceiptDialog';
import { SeatDialog } from './SeatDialog';

/** The dialog that is open about a member; mounted once by each page that shows members. */
export function MemberDialogs() {
  const open = useStore(memberDialog);
  if (!open) return null;
  const props = { member: open.member, onClose: closeDialog };
  switch (open.kind) {
    case 'edit':
      return <EditMemberDialog {...props} />;
    case 'light':
      return <LightSeatDialog {...props} />;
    case 'sets':
      return <PermissionSetsDialog {...props} />;
    case 'sessions':
      return <EndSessionsDialog {...props} />;
    case 'deactivate':
    case 'remove':
      return <ExitDialog {...props} way={open.kind} />;
    case 'seat':
      return <SeatDialog {...open} onClose={closeDialog} />;
    case 'receipt':
      return <ReceiptDialog {...props} receipt={open.receipt} />;
  }
}
