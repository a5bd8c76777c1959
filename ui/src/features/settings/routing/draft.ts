import type { RoutingAction, RoutingConditions, RoutingRuleView } from '@/api';

/** A rule as the page holds it, saved or not. */
export interface RuleDraft {
  /** The saved rule it stands for; a new one has a key of this page only. */
  key: string;
  id: string | null;
  version: number;
  name: string;
  enabled: boolean;
  conditions: RoutingConditions;
  action: RoutingAction;
}

export const draftOf = ({ id, version, name, enabled, conditions, action }: RoutingRuleView): RuleDraft => ({
  key: id,
  id,
  version,
  name,
  enabled,
  conditions,
  action,
});

export const newRule = (): RuleDraft => ({
  key: crypto.randomUUID(),
  id: null,
  version: 0,
  name: '',
  enabled: true,
  conditions: {},
  action: {},
});

/** Without a condition a rule takes everything that reaches it. */
export const takesEverything = ({ conditions }: Pick<RuleDraft, 'conditions'>): boolean =>
  Object.values(conditions).every((each) => each === undefined || (Array.isArray(each) && each.length === 0));

/** The rule that leaves nothing to those below it, if there is one. */
export function shadowing(rules: RuleDraft[]): RuleDraft | undefined {
  const active = rules.filter(({ enabled }) => enabled);
  return active.slice(0, -1).find(takesEverything);
}

/** What is sent of a rule. */
export const bodyOf = ({ name, enabled, conditions, action }: RuleDraft) => ({
  name,
  enabled,
  conditions,
  action,
});

export interface RuleChanges {
  deleted: string[];
  updated: RuleDraft[];
  created: RuleDraft[];
  /** Whether those that stay stand in another order. */
  reordered: boolean;
}

/** What the server has to be told, and null when nothing changed. */
export function changesOf(saved: RuleDraft[], rules: RuleDraft[]): RuleChanges | null {
  const ids = new Set(rules.map(({ id }) => id));
  const before = new Map(saved.map((rule) => [rule.id, JSON.stringify(bodyOf(rule))]));
  const changes: RuleChanges = {
    deleted: saved.flatMap(({ id }) => (id && !ids.has(id) ? [id] : [])),
    updated: rules.filter((rule) => rule.id && before.get(rule.id) !== JSON.stringify(bodyOf(rule))),
    created: rules.filter(({ id }) => id === null),
    reordered: false,
  };
  // A new rule is made in its place, so only those that were there can have moved.
  const kept = (list: RuleDraft[]) =>
    list.filter(({ id }) => id !== null && ids.has(id)).map(({ key }) => key);
  changes.reordered = kept(saved).join() !== kept(rules).join();
  const { deleted, updated, created, reordered } = changes;
  return deleted.length + updated.length + created.length > 0 || reordered ? changes : null;
}
