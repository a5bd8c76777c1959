import { Plural, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import {
  conversationsList,
  deactivationPut,
  type ExitReceiptView,
  type MemberView,
  memberDelete,
} from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { ConfirmDialog } from '@/design';
import { memberDialog } from './dialogs';
import css from './ExitDialog.module.css';
import { useChange } from './useChange';

interface Props {
  member: MemberView;
  /** Deactivating can be undone; removing cannot, so the name is typed. */
  way: 'deactivate' | 'remove';
  onClose: () => void;
}

/** Says what follows when somebody goes, and afterwards shows the receipt. */
export function ExitDialog({ member, way, onClose }: Props) {
  const { t } = useLingui();
  const { name } = member;
  const removing = way === 'remove';
  const exit = useChange<ExitReceiptView | null>(
    async (path) =>
      removing ? memberDelete({ path }) : { data: (await deactivationPut({ path })).data.receipt },
    member.id,
    {
      failed: removing ? t`${name} is still a member` : t`${name} is still active`,
      onSuccess: (receipt) => memberDialog.set(receipt ? { kind: 'receipt', member, receipt } : null),
    },
  );
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={removing ? t`Remove ${name}?` : t`Deactivate ${name}?`}
      description={
        removing
          ? t`They can come back by a new invitation only, as a new member.`
          : t`They keep their place and can be reactivated, with the same role.`
      }
      confirm={removing ? t`Remove` : t`Deactivate`}
      typed={removing ? name : undefined}
      busy={exit.isPending}
      onConfirm={() => exit.mutate()}
    >
      <ul className={css.follows}>
        <li>{t`Every window they have open closes this workspace within a second.`}</li>
        <OpenConversations member={member} />
        <li>
          {removing
            ? t`Their API keys stop working for good.`
            : t`Their API keys stop working until they are back.`}
        </li>
        <li>{t`What they wrote stays, under their name.`}</li>
      </ul>
    </ConfirmDialog>
  );
}

/** More are not counted. */
const MOST = 100;

/** How many conversations lose their assignee. */
function OpenConversations({ member }: { member: MemberView }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const blocked = useBlockedHere()('conversation.view');
  const count = useQuery({
    queryKey: ['assigned', workspace, member.id],
    queryFn: async () => {
      const pages = (['open', 'snoozed'] as const).map((status) =>
        conversationsList({
          path: { workspace_id: workspace },
          query: { assignee_id: member.id, status, limit: MOST },
        }),
      );
      return (await Promise.all(pages)).reduce((sum, { data }) => sum + data.items.length, 0);
    },
    enabled: !blocked,
    gcTime: 0,
  }).data;
  if (count === undefined) return <li>{t`Their open conversations go back to the queue.`}</li>;
  if (count >= MOST) return <li>{t`More than a hundred open conversations go back to the queue.`}</li>;
  return (
    <li>
      <Plural
        value={count}
        _0="No open conversation is assigned to them."
        one="# open conversation goes back to the queue."
        other="# open conversations go back to the queue."
      />
    </li>
  );
}
