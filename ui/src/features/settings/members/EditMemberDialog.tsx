import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { type MemberUpdate, type MemberView, memberUpdate } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { Button, Dialog, Input, reasonOf, toast } from '@/design';
import { Form, FormField, textOf } from '@/form';
import { useBlocked } from '@/i18n/reason';
import { dayOf, endOfDay, tomorrow } from './days';
import { readMembersAgain } from './people';

/** The name that a member has here, and the day after which they may no longer enter. */
export function EditMemberDialog({ member, onClose }: { member: MemberView; onClose: () => void }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const mayNotEnd = reasonOf(useBlocked()(member, 'member.remove'));
  const save = useMutation({
    mutationFn: (body: MemberUpdate) =>
      memberUpdate({ path: { workspace_id: workspace, member_id: member.id }, body }),
    onSuccess: () => {
      toast({ title: t`Saved` });
      onClose();
    },
    onSettled: () => readMembersAgain(workspace),
  });

  function send(values: FormData) {
    const name = textOf(values, 'display_name') || null;
    const day = textOf(values, 'ends_on');
    const change = {
      ...(name !== member.display_name && { display_name: name }),
      ...(!mayNotEnd && day !== dayOf(member.ends_on) && { ends_on: day ? endOfDay(day) : null }),
    };
    if (Object.keys(change).length === 0) onClose();
    else save.mutate(change);
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Edit ${member.name}`}
      size="s"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" form="edit-member" variant="primary" busy={save.isPending}>
            {t`Save`}
          </Button>
        </>
      }
    >
      <Form id="edit-member" error={save.error} onSubmit={send}>
        <FormField
          name="display_name"
          label={t`Name in this workspace`}
          hint={t`Leave it empty to use the name of the account.`}
        >
          <Input
            name="display_name"
            defaultValue={member.display_name ?? ''}
            placeholder={member.name}
            autoComplete="off"
          />
        </FormField>
        <FormField
          name="ends_on"
          label={t`Last day`}
          hint={
            mayNotEnd ??
            t`For contractors: after this day the membership ends by itself. Leave it empty for no end.`
          }
        >
          <Input
            name="ends_on"
            type="date"
            min={tomorrow()}
            defaultValue={dayOf(member.ends_on)}
            readOnly={mayNotEnd !== undefined}
          />
        </FormField>
      </Form>
    </Dialog>
  );
}
