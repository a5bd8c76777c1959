import type { Reach } from '@/api';
import { exceeds, type Grants, reachOf } from './reach';

/** What somebody has to see before the rest is of any use, and what needs it. */
const needs: Record<string, string[]> = {
  'conversation.view': [
    'conversation.reply',
    'conversation.take_manual',
    'conversation.release_to_ai',
    'conversation.claim',
    'conversation.assign',
    'conversation.be_assigned',
    'conversation.set_status',
  ],
  'note.view': ['note.create', 'note.edit', 'note.delete', 'note.be_mentioned'],
  'note.create': ['note.mention'],
  'task.view': ['task.create', 'task.be_assigned', 'task.comment', 'task.edit', 'task.delete'],
  'customer.view': [
    'customer.view_unmasked',
    'customer.create',
    'customer.edit',
    'customer.delete',
    'customer.import_csv',
    'customer.import_stripe',
    'customer.export',
    'customer.run_analysis',
    'customer.edit_analysis',
    'customer.regenerate_persona',
    'customer.log_reply',
    'customer.view_cross_product_badge',
    'customer.view_cross_product_timeline',
    'outreach.draft',
    'outreach.send',
  ],
  'search.use': ['search.export'],
  'outreach.draft': ['outreach.regenerate'],
  'outreach.send': ['outreach.batch'],
  'campaign.view': ['campaign.edit', 'campaign.send'],
  'template.view': ['template.use', 'template.edit'],
  'canned_response.use': ['canned_response.manage'],
  'kb.view_internal': ['kb.create', 'kb.edit', 'kb.delete', 'kb.publish'],
  'ai_agent.view': ['ai_agent.monitor', 'ai_agent.create', 'ai_agent.edit', 'ai_agent.delete'],
  'business.view': [
    'business.create',
    'business.edit',
    'business.delete',
    'business.configure_stripe',
    'business.configure_sender',
  ],
  'analytics.view': ['dashboard.team_view'],
  'member.view': [
    'member.invite',
    'member.invite_collaborator',
    'member.edit',
    'member.change_role',
    'member.deactivate',
    'member.remove',
  ],
  'role.view': ['role.manage', 'member.change_role'],
  'team.view': ['team.manage'],
  'workspace.view_settings': ['workspace.edit_settings'],
  'billing.view': ['billing.manage', 'billing.purchase_addons'],
  'credit.view_balance': ['credit.view_ledger'],
  'channel.view': ['channel.manage'],
  ...Object.fromEntries(
    ['form', 'phone_number', 'calendar', 'integration', 'product', 'order', 'lead'].map((noun) => [
      `${noun}.view`,
      [`${noun}.create`, `${noun}.edit`, `${noun}.delete`],
    ]),
  ),
};

const neededBy = (permission: string): string[] =>
  Object.keys(needs).filter((need) => needs[need]?.includes(permission));

/** A change that follows from another one. */
export interface Followed {
  permission: string;
  reach: Reach;
  /** The permission it follows from. */
  because: string;
}

/**
 * The grants after one change, with what has to change along: what a granted permission needs is granted as far, and
 * what needs a permission that is taken away goes with it. `options` tells the reaches that a permission may get.
 */
export function withFollowers(
  grants: Grants,
  permission: string,
  reach: Reach,
  options: (permission: string) => Reach[],
): { grants: Grants; followed: Followed[] } {
  const next: Record<string, Reach> = { ...grants, [permission]: reach };
  const followed: Followed[] = [];
  const follow = (other: string, to: Reach, because: string) => {
    next[other] = to;
    followed.push({ permission: other, reach: to, because });
    walk(other);
  };
  const walk = (changed: string) => {
    if (reachOf(next, changed) === 'none') {
      for (const other of needs[changed] ?? [])
        if (reachOf(next, other) !== 'none') follow(other, 'none', changed);
    } else {
      for (const other of neededBy(changed))
        if (reachOf(next, other) === 'none')
          follow(other, leastFor(reachOf(next, changed), options(other)), changed);
    }
  };
  walk(permission);
  return { grants: next, followed };
}

/** The least of the options that goes as far as what needs it. */
function leastFor(reach: Reach, options: Reach[]): Reach {
  const wanted = reach === 'masked' ? 'own' : reach;
  return options.find((option) => option !== 'none' && !exceeds(wanted, option)) ?? options.at(-1) ?? 'none';
}
