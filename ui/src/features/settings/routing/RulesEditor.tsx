import { Plural, useLingui } from '@lingui/react/macro';
import { Plus, Route } from 'lucide-react';
import { useState } from 'react';
import { useBlockedHere } from '@/app/session';
import { useTeams } from '@/conversations/teams';
import { Button, EmptyState, LockNote, Section } from '@/design';
import { OrderedList } from '@/design/OrderedList';
import { LeaveGuard } from '../LeaveGuard';
import { changesOf, newRule, type RuleDraft, shadowing } from './draft';
import { Recipes } from './Recipes';
import { RehearsalDialog } from './RehearsalDialog';
import { RuleDialog } from './RuleDialog';
import { RuleLine } from './RuleLine';
import css from './RulesEditor.module.css';
import { useSaveRules } from './useSaveRules';

interface Props {
  saved: RuleDraft[];
  /** The team that gets what no rule takes, if it is one. */
  otherwise: string | null;
}

/** The rules in their order. What is changed waits until it was rehearsed or is saved as it is. */
export function RulesEditor({ saved, otherwise }: Props) {
  const { t } = useLingui();
  const team = useTeams().find(({ id }) => id === otherwise)?.name;
  const rest = team
    ? t`What no rule takes goes to ${team}.`
    : t`What no rule takes waits in the general queue.`;
  const blocked = useBlockedHere()('team.manage');
  const [edits, setRules] = useState<RuleDraft[] | null>(null);
  const rules = edits ?? saved;
  const [editing, setEditing] = useState<RuleDraft | null>(null);
  const [rehearsing, setRehearsing] = useState(false);
  const save = useSaveRules();
  const changes = changesOf(saved, rules);
  const shadow = shadowing(rules);
  const whyNot = shadow && t`“${shadow.name}” takes everything, so it has to stand last.`;

  function keep(rule: RuleDraft) {
    const known = rules.some(({ key }) => key === rule.key);
    setRules(known ? rules.map((each) => (each.key === rule.key ? rule : each)) : [...rules, rule]);
    setEditing(null);
  }

  const store = () =>
    changes &&
    save.mutateAsync({ changes, rules }).then(
      () => setRules(null),
      () => undefined,
    );

  const add = (
    <Button
      icon={<Plus size={14} aria-hidden="true" />}
      blocked={blocked}
      onClick={() => setEditing(newRule())}
    >
      {t`New rule`}
    </Button>
  );

  return (
    <>
      <LockNote reason={blocked} />
      <Section title={t`Rules`} actions={rules.length > 0 && add} flush>
        {rules.length === 0 ? (
          <EmptyState icon={<Route size={28} aria-hidden="true" />} title={t`No rule yet`} action={add}>
            {rest} {t`Begin with a rule, or with a recipe below.`}
          </EmptyState>
        ) : (
          <div className={css.list}>
            <OrderedList
              label={t`Rules`}
              items={rules}
              keyOf={({ key }) => key}
              nameOf={({ name }) => name}
              onReorder={setRules}
              blocked={blocked}
            >
              {(rule) => (
                <RuleLine
                  rule={rule}
                  blocked={blocked}
                  onEdit={() => setEditing(rule)}
                  onEnable={(enabled) => keep({ ...rule, enabled })}
                  onDelete={() => setRules(rules.filter(({ key }) => key !== rule.key))}
                />
              )}
            </OrderedList>
            <p className={css.rest}>{rest}</p>
          </div>
        )}
      </Section>
      <Recipes blocked={blocked ?? (changes ? t`Save or discard your changes first` : undefined)} />
      <div role="status">
        {changes && (
          <div className={css.bar}>
            <span className={css.text}>
              {whyNot ?? (
                <Plural
                  value={changes.created.length + changes.updated.length + changes.deleted.length || 1}
                  one="# unsaved change"
                  other="# unsaved changes"
                />
              )}
            </span>
            <Button variant="ghost" onClick={() => setRules(null)}>
              {t`Discard`}
            </Button>
            <Button blocked={whyNot} onClick={() => setRehearsing(true)}>
              {t`Rehearse…`}
            </Button>
            <Button variant="primary" busy={save.isPending} blocked={whyNot} onClick={() => void store()}>
              {t`Save`}
            </Button>
          </div>
        )}
      </div>
      {editing && <RuleDialog rule={editing} onKeep={keep} onClose={() => setEditing(null)} />}
      {rehearsing && changes && (
        <RehearsalDialog
          rules={rules}
          saving={save.isPending}
          onSave={() => void store()?.then(() => setRehearsing(false))}
          onClose={() => setRehearsing(false)}
        />
      )}
      <LeaveGuard dirty={changes !== null} />
    </>
  );
}
