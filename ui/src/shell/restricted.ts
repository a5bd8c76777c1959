import type { MembershipView } from '@/api';

/** The parts of a workspace where one works; settings, ownership and notifications answer without a plan too. */
const work = ['inbox', 'customers', 'tasks', 'search'];

/** Whether an address leads to where nothing answers, because the workspace has no plan that runs. */
export function isRestrictedHere({ state }: MembershipView['workspace'], path: string): boolean {
  return state === 'restricted' && work.includes(path.split('/')[3] ?? '');
}
