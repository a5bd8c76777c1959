import { useLingui } from '@lingui/react/macro';
import { Check, X } from 'lucide-react';
import type { ExplanationStep, ExplanationView } from '@/api';
import { Avatar, cx } from '@/design';
import { usePermissionTexts } from '../permissionTexts';
import { ReachMark } from '../ReachMark';
import css from './Chain.module.css';
import { useStepText } from './useStepText';

interface Props {
  explanation: ExplanationView;
  /** Whom it is about; nobody means oneself. */
  who?: string | undefined;
}

/** How a verdict came about, step by step, and who can change it. */
export function Chain({ explanation, who }: Props) {
  const { t } = useLingui();
  const text = useStepText();
  return (
    <div className={css.chain}>
      <Verdict explanation={explanation} who={who} />
      <ol className={css.steps} aria-label={t`How it is decided`}>
        {explanation.steps.map((step) => {
          const { title, detail } = text(step);
          return (
            <li key={step.step} className={cx(css.step, isDecisive(step, explanation) && css.decisive)}>
              <Left step={step} />
              <span className={css.text}>
                <b>{title}</b>
                {detail}
              </span>
            </li>
          );
        })}
      </ol>
      {!explanation.allowed && <Helpers people={explanation.who_can_change} />}
    </div>
  );
}

/** How far it reaches after a step; a step that leaves it as it was says so. */
function Left({ step: { step, reach_before, reach_after } }: { step: ExplanationStep }) {
  const { t } = useLingui();
  if (step !== 'role' && reach_before === reach_after)
    return <span className={css.reach}>{t`Unchanged`}</span>;
  return (
    <span className={css.reach} data-reach={reach_after}>
      <ReachMark reach={reach_after} spelled />
    </span>
  );
}

/** Whether the verdict was fixed here; a rule is named by what it says. */
function isDecisive({ step, facts }: ExplanationStep, { decided_by }: ExplanationView): boolean {
  return decided_by !== null && (step === decided_by || facts.rule === decided_by);
}

function Verdict({ explanation: { allowed, permission }, who }: Props) {
  const { t } = useLingui();
  const what = usePermissionTexts().label(permission);
  const Icon = allowed ? Check : X;
  const verdict = who
    ? allowed
      ? t`${who} is allowed to do this`
      : t`${who} is not allowed to do this`
    : allowed
      ? t`You are allowed to do this`
      : t`You are not allowed to do this`;
  return (
    <p className={css.verdict} data-allowed={allowed}>
      <Icon size={16} strokeWidth={2.6} aria-hidden="true" />
      <span>
        <b>{verdict}</b>
        <small>{what}</small>
      </span>
    </p>
  );
}

function Helpers({ people }: { people: ExplanationView['who_can_change'] }) {
  const { t } = useLingui();
  return (
    <section>
      <h3 className={css.heading}>{t`Who can change this`}</h3>
      {people.length === 0 ? (
        <p className={css.nobody}>{t`Nobody in this workspace: no role decides it.`}</p>
      ) : (
        <ul className={css.people}>
          {people.map(({ member_id, name }) => (
            <li key={member_id}>
              <Avatar name={name} size={24} />
              <span>{name}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
