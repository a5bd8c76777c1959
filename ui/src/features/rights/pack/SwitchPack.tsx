import { useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import {
  type PolicyPackChoice,
  type PolicyPackView,
  policyPackPreview,
  policyPackPut,
  type RoleChoice,
} from '@/api';
import { paths } from '@/app/paths';
import { readAgain } from '@/app/queryClient';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { Button, ConfirmDialog, ErrorState, Notice, Section, Skeleton, toast } from '@/design';
import { usePackText } from '@/features/rights/usePackText';
import { MemberSwitches } from './MemberSwitches';
import { PoliciesChanged } from './PoliciesChanged';
import { RoleMap } from './RoleMap';
import css from './SwitchPack.module.css';

interface Props {
  from: PolicyPackView;
  /** The roles of the pack in use. */
  roles: RoleChoice[];
  to: PolicyPackChoice;
}

/** What a switch to another pack would do to everybody, and the switch itself. */
export function SwitchPack({ from, roles, to }: Props) {
  const { t } = useLingui();
  const text = usePackText();
  const workspace = useWorkspaceId();
  const blocked = useBlockedHere()('role.manage');
  /** Where it is not as the server proposes. */
  const [wanted, setWanted] = useState<Record<string, string>>({});
  const [confirming, setConfirming] = useState(false);
  const path = { workspace_id: workspace };
  const body = { pack: to.id, version: to.version, role_map: wanted };
  const preview = useQuery({
    queryKey: ['policy pack switch', path, from.version, body],
    queryFn: async () => (await policyPackPreview({ path, body })).data,
    placeholderData: (before) => before,
    staleTime: 0,
  });
  return (
    <>
      <Link to={paths.settings(workspace, 'policy-pack')} className={css.back}>
        <ArrowLeft size={15} aria-hidden="true" />
        {t`Keep ${from.title}`}
      </Link>
      <Section title={t`From ${from.title} to ${to.title}`} description={text(to.description)}>
        {preview.isPending ? (
          <Skeleton lines={6} label={t`Working out what changes`} />
        ) : preview.isError ? (
          <ErrorState
            title={t`What would change could not be worked out`}
            error={preview.error}
            onRetry={() => void preview.refetch()}
          />
        ) : (
          <RoleMap
            from={roles}
            to={to.roles}
            map={preview.data.role_map}
            onChange={(old, next) => setWanted((now) => ({ ...now, [old]: next }))}
          />
        )}
      </Section>
      {preview.data && (
        <>
          <MemberSwitches members={preview.data.members} busy={preview.isFetching} />
          {preview.data.ranks_lowered.length > 0 && (
            <Notice>
              {t`These own roles come down, so that they stand no higher than the pack’s: ${preview.data.ranks_lowered
                .map(({ role, from, to }) => `${role.label} (${from} → ${to})`)
                .join(', ')}`}
            </Notice>
          )}
          <PoliciesChanged changes={preview.data.policies_changed} roles={[...roles, ...to.roles]} />
          <div className={css.act}>
            <Button
              variant="primary"
              size="l"
              blocked={blocked}
              busy={preview.isFetching}
              onClick={() => setConfirming(true)}
            >
              {t`Switch to ${to.title}…`}
            </Button>
          </div>
        </>
      )}
      {confirming && <ConfirmSwitch to={to} body={body} onClose={() => setConfirming(false)} />}
    </>
  );
}

interface ConfirmProps {
  to: PolicyPackChoice;
  body: { pack: string; version: number; role_map: Record<string, string> };
  onClose: () => void;
}

function ConfirmSwitch({ to, body, onClose }: ConfirmProps) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const navigate = useNavigate();
  const failed = useFailure();
  const change = useMutation({
    mutationFn: () => policyPackPut({ path: { workspace_id: workspace }, body }),
    onSuccess: async () => {
      toast({ title: t`${to.title} is in effect` });
      await navigate({ to: paths.settings(workspace, 'policy-pack') });
      // Everybody's rights may be other ones now, one's own included.
      readAgain();
    },
    onError: (error) => {
      onClose();
      failed(t`The policy pack did not change`, error);
    },
  });
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t`Switch to ${to.title}?`}
      description={t`Everybody gets their new role at once, in every open window. You can switch back, but who had which role before has to be set by hand.`}
      confirm={t`Switch`}
      typed={to.title}
      busy={change.isPending}
      onConfirm={() => change.mutate()}
    />
  );
}
