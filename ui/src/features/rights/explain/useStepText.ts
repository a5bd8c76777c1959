import { msg } from '@lingui/core/macro';
import { useLingui as useTranslate } from '@lingui/react';
import { useLingui } from '@lingui/react/macro';
import type { ExplanationStep } from '@/api';
import { useReason } from '@/i18n/reason';

const titles: Record<string, ReturnType<typeof msg>> = {
  membership: msg`Membership`,
  role: msg`Role`,
  permission_sets: msg`Permission sets`,
  seat_type: msg`Seat`,
  state: msg`Workspace`,
  plan: msg`Plan`,
  visibility: msg`Sight`,
  relation: msg`Whose it is`,
  rule: msg`Rule`,
  preview: msg`Preview`,
};

const relations: Record<string, ReturnType<typeof msg>> = {
  actor: msg`what one did oneself`,
  assignee_or_queue: msg`what is assigned to one or waits in one’s queues`,
  assignee: msg`what is assigned to one`,
  assignee_or_creator: msg`what one made or is assigned to`,
  assigned_contact: msg`customers one has talked with lately`,
  author: msg`what one wrote`,
  business_creator: msg`what belongs to one’s businesses`,
  creator: msg`what one made`,
  oneself: msg`oneself`,
};

/** The facts of a step, which depend on it. */
interface Facts {
  status?: string;
  role?: { label: string };
  reach?: string;
  adding?: string[];
  count?: boolean;
  seat_type?: string;
  state?: string;
  caps?: boolean;
  kept_by_owner?: boolean;
  entitlement?: string | null;
  relation?: string;
  own?: boolean | null;
  rule?: string;
  decided_by?: string | null;
}

/** A step in words: what is looked at, and what that gives. */
export function useStepText(): (step: ExplanationStep) => { title: string; detail: string } {
  const { _ } = useTranslate();
  const detail = useDetail();
  return ({ step, facts, ...told }) => ({
    title: titles[step] ? _(titles[step]) : step,
    detail: detail(step, facts) ?? told.detail,
  });
}

function useDetail() {
  const { t } = useLingui();
  const { _ } = useTranslate();
  const reason = useReason();
  const reaches = (reach: string | undefined) =>
    reach === 'any' ? t`everything` : reach === 'own' ? t`one’s own only` : t`masked values only`;

  return (step: string, facts: Facts): string | undefined => {
    const label = facts.role?.label ?? '';
    const sets = (facts.adding ?? []).join(', ');
    const relation = relations[facts.relation ?? ''];
    const theirs = relation ? _(relation) : '';
    switch (step) {
      case 'membership':
        return t`Not an active member of this workspace.`;
      case 'role':
        return facts.reach === 'none'
          ? t`${label} does not grant it.`
          : t`${label} grants it for ${reaches(facts.reach)}.`;
      case 'permission_sets':
        if (sets === '') return t`No set adds to it.`;
        return facts.count ? t`Added by ${sets}.` : t`${sets} would add to it, but this seat holds no sets.`;
      case 'seat_type':
        if (facts.caps) return t`A light seat never gets this.`;
        return facts.seat_type === 'full' ? t`A full seat may have this.` : t`A light seat may have this.`;
      case 'state':
        if (facts.kept_by_owner) return t`The owner keeps it whatever state the workspace is in.`;
        return facts.caps ? t`The workspace is restricted: this waits.` : t`The workspace is active.`;
      case 'plan':
        return facts.entitlement ? t`The plan does not include it.` : t`The plan includes it.`;
      case 'visibility':
        return t`This cannot be seen at all.`;
      case 'relation':
        if (facts.own === null) return t`It reaches ${theirs} only.`;
        return facts.own ? t`It reaches ${theirs}, and this is.` : t`It reaches ${theirs}, and this is not.`;
      case 'rule':
        return facts.rule && reason(facts.rule as Parameters<typeof reason>[0]);
      case 'preview':
        if (!facts.decided_by) return t`In this preview it reaches ${reaches(facts.reach)}.`;
        return facts.decided_by === 'preview'
          ? t`You do not have it yourself, so no preview shows it.`
          : t`Whom you look as does not have it.`;
      default:
        return undefined;
    }
  };
}
