import { useLingui } from '@lingui/react/macro';

/** A policy of a pack in plain words. */
export interface PolicyText {
  label: string;
  /** What holds for it, with a value of the pack. */
  say: (value: unknown) => string;
}

/** The policies that people are told of, in their order; the others only describe the roles. */
export function usePolicyTexts(): Record<string, PolicyText> {
  const { t, i18n } = useLingui();
  const all = (words: Record<string, string>) => (value: unknown) => {
    const said = new Intl.ListFormat(i18n.locale).format(
      (value as string[]).map((each) => words[each] ?? each),
    );
    return said.charAt(0).toLocaleUpperCase(i18n.locale) + said.slice(1);
  };
  const one = (words: Record<string, string>) => (value: unknown) => words[String(value)] ?? String(value);
  const yesOrNo = (yes: string, no: string) => (value: unknown) => (value ? yes : no);
  return {
    inbox_visibility: {
      label: t`Who sees which conversations`,
      say: one({
        shared: t`Everybody sees all of them`,
        assigned: t`People see those assigned to them`,
        role: t`As each role says`,
      }),
    },
    masking: {
      label: t`Contact data of customers`,
      say: one({ on: t`Masked for some roles`, off: t`Shown in full to all who see customers` }),
    },
    member_creation: {
      label: t`How people come in`,
      say: all({
        invite_link: t`by invitation`,
        create_with_password: t`with an account made for them`,
      }),
    },
    grant_ceiling: {
      label: t`Roles one may give`,
      say: one({
        at_or_below_self: t`Up to one’s own rank`,
        below_self: t`Only below one’s own rank`,
      }),
    },
    permission_sets: {
      label: t`Permission sets`,
      say: () => t`Add to the role`,
    },
    ownership_transfer: {
      label: t`How ownership moves`,
      say: all({
        self_serve: t`the owner offers it and a member accepts`,
        invite_as_owner: t`by inviting somebody as the owner`,
        support_request: t`with the approval of the operator`,
      }),
    },
    member_exit_verb: {
      label: t`When somebody is to go`,
      say: (value) => (value === 'deactivate' ? t`They are deactivated first` : t`They are removed`),
    },
    on_member_exit: {
      label: t`Conversations of who has gone`,
      say: one({ unassign_to_queue: t`Go back to the queue` }),
    },
    pending_invite_reserves_seat: {
      label: t`Open invitations`,
      say: yesOrNo(t`Each takes a seat`, t`Take no seat yet`),
    },
    seat_billing: {
      label: t`Seats`,
      say: one({
        unlimited: t`As many as needed`,
        metered: t`Some included, more are charged`,
        contract: t`As the contract says`,
        hard_cap: t`No more than the plan has`,
        slots: t`Bought in advance`,
      }),
    },
    ai_auto_resume_minutes: {
      label: t`The AI answers again`,
      say: (value) =>
        value ? t`After ${Number(value)} minutes without a person` : t`Only when a person says so`,
    },
    ai_outside_business_hours: {
      label: t`The AI outside business hours`,
      say: yesOrNo(t`Answers`, t`Stays silent`),
    },
    reply_lock: {
      label: t`While somebody is writing a reply`,
      say: one({ soft: t`Others are told`, strict: t`Others cannot write one` }),
    },
    cross_product: {
      label: t`Customers of several businesses`,
      say: yesOrNo(t`The businesses tell each other`, t`Each business keeps to itself`),
    },
    contact_warning_window_days: {
      label: t`Warning before writing to somebody again`,
      say: (value) => (value ? t`For ${Number(value)} days` : t`Never`),
    },
    low_balance_recipients: {
      label: t`Told when credits run low`,
      say: (value) => (value as string[]).join(', '),
    },
  };
}
