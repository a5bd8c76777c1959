import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem, authzExplainOptions, membersListOptions } from '@/api';
import { useMembership, useWorkspaceId } from '@/app/session';
import { Button, Dialog, ErrorState, Field, Input, Select, Skeleton } from '@/design';
import { Chain } from '../explain/Chain';
import { grouped } from '../matrix';
import { usePermissionRows } from '../usePermissionRows';
import type { Rights } from '../useRights';
import css from './CheckAccessDialog.module.css';

/** The server's longest page. */
const MOST = 100;

/** Whether somebody may do something, and how that is decided. */
export function CheckAccessDialog({ rights, onClose }: { rights: Rights; onClose: () => void }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const me = useMembership().member_id;
  const rows = usePermissionRows(rights.permissions);
  const members = useQuery(membersListOptions({ path: { workspace_id: workspace }, query: { limit: MOST } }));
  const [member, setMember] = useState(me);
  const [permission, setPermission] = useState('conversation.view');
  const [address, setAddress] = useState('');
  const resource = resourceIn(address);
  const query = { member_id: member, permission, ...(resource && { resource }) };
  const explanation = useQuery({
    ...authzExplainOptions({ path: { workspace_id: workspace }, query }),
    // Rights change; an explanation tells of now.
    staleTime: 0,
  });
  const misplaced = asProblem(explanation.error)?.field('resource') !== undefined;
  const wrong =
    address !== '' && !resource
      ? t`This is the address of no conversation or customer here.`
      : misplaced
        ? t`This permission has nothing to do with it.`
        : undefined;
  const name = members.data?.items.find(({ id }) => id === member)?.name;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Check access`}
      description={t`Whether somebody may do something, and how that is decided.`}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t`Close`}
        </Button>
      }
    >
      <div className={css.choice}>
        <Field label={t`Member`}>
          <Select value={member} onChange={(event) => setMember(event.target.value)}>
            {(members.data?.items ?? []).map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t`Permission`}>
          <Select value={permission} onChange={(event) => setPermission(event.target.value)}>
            {grouped(rows).map((group) => (
              <optgroup key={group.label} label={group.label}>
                {group.rows.map(({ key, label }) => (
                  <option key={key} value={key}>
                    {label}
                  </option>
                ))}
              </optgroup>
            ))}
          </Select>
        </Field>
      </div>
      <Field
        label={t`Conversation or customer`}
        hint={t`Optional. Paste the address of its page here.`}
        error={wrong}
      >
        <Input value={address} onChange={(event) => setAddress(event.target.value)} autoComplete="off" />
      </Field>
      {explanation.isPending ? (
        <Skeleton lines={6} label={t`Loading`} />
      ) : misplaced ? null : explanation.isError ? (
        <ErrorState
          title={t`The explanation could not be loaded`}
          error={explanation.error}
          onRetry={() => void explanation.refetch()}
        />
      ) : (
        <Chain explanation={explanation.data} who={member === me ? undefined : name} />
      )}
    </Dialog>
  );
}

/** What an address of this application shows: `…/inbox/all/ID` a conversation, `…/customers/ID` a customer. */
function resourceIn(address: string): string | undefined {
  const [, kind, id] = address.match(/(inbox\/\w+|customers)\/([0-9a-f-]{36})/i) ?? [];
  if (!kind || !id) return undefined;
  return `${kind === 'customers' ? 'customer' : 'conversation'}:${id}`;
}
