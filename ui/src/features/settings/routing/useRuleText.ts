import { useLingui } from '@lingui/react/macro';
import type { RuleDraft } from './draft';
import { type Choice, useChoices } from './useChoices';
import { useCustomerFields } from './useCustomerFields';

/** A rule as a sentence: when it holds, and where it leads. */
export function useRuleText(): (rule: Pick<RuleDraft, 'conditions' | 'action'>) => string {
  const { t, i18n } = useLingui();
  const choices = useChoices();
  const fields = useCustomerFields();
  const or = new Intl.ListFormat(i18n.locale, { type: 'disjunction' });
  const and = new Intl.ListFormat(i18n.locale, { type: 'conjunction' });
  const names = (from: Choice[], ids: string[] | undefined, list = or) =>
    ids?.length
      ? list.format(ids.map((id) => from.find((each) => each.id === id)?.name ?? t`something deleted`))
      : undefined;
  const nameOf = (from: Choice[], id: string | undefined) => names(from, id ? [id] : undefined);

  function when({ conditions }: Pick<RuleDraft, 'conditions'>): string[] {
    const { within, customer_field } = conditions;
    const channel = names(choices.channel_ids, conditions.channel_ids);
    const label = names(choices.label_ids, conditions.label_ids);
    const language = names(choices.languages, conditions.languages);
    const business = names(choices.business_ids, conditions.business_ids);
    const reason = names(choices.escalation_reasons, conditions.escalation_reasons);
    const team = typeof within === 'object' ? nameOf(choices.teams, within.shift_of) : undefined;
    const field = customer_field && fields[customer_field.field].label;
    return [
      channel && t`it comes through ${channel}`,
      label && t`it has the label ${label}`,
      language && t`the customer speaks ${language}`,
      business && t`it is for ${business}`,
      within === 'business_hours' && t`you are open`,
      within === 'outside_business_hours' && t`you are closed`,
      team && t`somebody of ${team} has a shift`,
      field && t`${field} is “${customer_field.is}”`,
      reason,
    ].filter((each): each is string => typeof each === 'string');
  }

  function then({ action }: Pick<RuleDraft, 'action'>): string {
    const team = nameOf(choices.teams, action.team_id);
    const member = nameOf(choices.members, action.member_id);
    const labels = names(choices.label_ids, action.label_ids, and);
    const toAi = team ? t`to the AI, in the queue of ${team}` : t`to the AI`;
    const toPeople =
      member && team
        ? t`to ${member}, else to ${team}`
        : member
          ? t`to ${member}`
          : team
            ? t`to ${team}`
            : t`to the general queue`;
    const place = action.to_ai ? toAi : toPeople;
    return labels ? t`${place}, with ${labels}` : place;
  }

  return (rule) => {
    const conditions = when(rule);
    const place = then(rule);
    if (conditions.length === 0) return t`Everything goes ${place}`;
    const all = and.format(conditions);
    return t`When ${all}: ${place}`;
  };
}
