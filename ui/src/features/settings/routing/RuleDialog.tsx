import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { RoutingConditions, RoutingCustomerField, RoutingWithin } from '@/api';
import { Button, Checkbox, Dialog, Field, Input, Select } from '@/design';
import { ChoiceBoxes } from './ChoiceBoxes';
import type { RuleDraft } from './draft';
import css from './RuleDialog.module.css';
import { useChoices } from './useChoices';
import { useCustomerFields } from './useCustomerFields';
import { useRuleText } from './useRuleText';

interface Props {
  rule: RuleDraft;
  onKeep: (rule: RuleDraft) => void;
  onClose: () => void;
}

/** The conditions of a rule and where it leads. It is kept on the page; the page saves it. */
export function RuleDialog({ rule, onKeep, onClose }: Props) {
  const { t } = useLingui();
  const [draft, setDraft] = useState(rule);
  const choices = useChoices();
  const text = useRuleText();
  const { conditions, action } = draft;
  const name = draft.name.trim();
  const ask = (more: Partial<RoutingConditions>) =>
    setDraft({ ...draft, conditions: { ...conditions, ...more } });
  const lead = (more: Partial<RuleDraft['action']>) => setDraft({ ...draft, action: { ...action, ...more } });
  return (
    <Dialog
      open
      onClose={onClose}
      title={rule.id || rule.name ? t`Edit the rule` : t`New rule`}
      size="l"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button
            variant="primary"
            blocked={name ? undefined : t`Give it a name first`}
            onClick={() => onKeep({ ...draft, name })}
          >
            {t`Keep`}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <Field label={t`Name`}>
          <Input value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.target.value })} />
        </Field>
        <h3 className={css.part}>{t`When all of this holds`}</h3>
        <div className={css.columns}>
          <ChoiceBoxes
            legend={t`Channel`}
            choices={choices.channel_ids}
            value={conditions.channel_ids}
            onChange={(channel_ids) => ask({ channel_ids })}
          />
          <ChoiceBoxes
            legend={t`Label`}
            choices={choices.label_ids}
            value={conditions.label_ids}
            onChange={(label_ids) => ask({ label_ids })}
          />
          <ChoiceBoxes
            legend={t`Language`}
            choices={choices.languages}
            value={conditions.languages}
            onChange={(languages) => ask({ languages })}
          />
          {choices.business_ids.length > 1 && (
            <ChoiceBoxes
              legend={t`Business`}
              choices={choices.business_ids}
              value={conditions.business_ids}
              onChange={(business_ids) => ask({ business_ids })}
            />
          )}
          <ChoiceBoxes
            legend={t`Handed over because`}
            choices={choices.escalation_reasons}
            value={conditions.escalation_reasons}
            onChange={(reasons) =>
              ask({ escalation_reasons: reasons as RoutingConditions['escalation_reasons'] })
            }
          />
          <div className={css.stack}>
            <WithinField value={conditions.within} onChange={(within) => ask({ within })} />
            <CustomerField
              value={conditions.customer_field}
              onChange={(customer_field) => ask({ customer_field })}
            />
          </div>
        </div>
        <h3 className={css.part}>{t`it goes`}</h3>
        <div className={css.columns}>
          <Field label={t`To the team`}>
            <Select
              value={action.team_id ?? ''}
              onChange={({ target }) => lead({ team_id: target.value || undefined })}
            >
              <option value="">{t`no team`}</option>
              {choices.teams.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
          <Checkbox
            label={t`To the AI, while one answers; people find it in the queue`}
            checked={action.to_ai ?? false}
            onChange={({ target }) =>
              lead({ to_ai: target.checked || undefined, ...(target.checked && { member_id: undefined }) })
            }
          />
          <Field label={t`To the person`} hint={t`With a team as well, the team gets what they cannot take.`}>
            <Select
              value={action.member_id ?? ''}
              disabled={action.to_ai}
              onChange={({ target }) => lead({ member_id: target.value || undefined })}
            >
              <option value="">{t`no one in particular`}</option>
              {choices.assignees.map(({ id, name, unfit }) => (
                <option key={id} value={id} disabled={unfit}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
          <ChoiceBoxes
            legend={t`With the labels`}
            choices={choices.label_ids}
            value={action.label_ids}
            onChange={(label_ids) => lead({ label_ids })}
          />
        </div>
        <p className={css.sentence} aria-live="polite">
          {text(draft)}
        </p>
      </div>
    </Dialog>
  );
}

interface WithinProps {
  value: RoutingWithin | undefined;
  onChange: (within: RoutingWithin | undefined) => void;
}

const SHIFT = 'shift:';

function WithinField({ value, onChange }: WithinProps) {
  const { t } = useLingui();
  const { teams } = useChoices();
  const chosen = typeof value === 'object' ? SHIFT + value.shift_of : (value ?? '');

  function choose(text: string) {
    if (text === 'business_hours' || text === 'outside_business_hours') onChange(text);
    else onChange(text ? { shift_of: text.slice(SHIFT.length) } : undefined);
  }

  return (
    <Field label={t`Time`}>
      <Select value={chosen} onChange={(event) => choose(event.target.value)}>
        <option value="">{t`at any time`}</option>
        <option value="business_hours">{t`within the business hours`}</option>
        <option value="outside_business_hours">{t`outside the business hours`}</option>
        {teams.map(({ id, name }) => (
          <option key={id} value={SHIFT + id}>
            {t`while somebody of ${name} has a shift`}
          </option>
        ))}
      </Select>
    </Field>
  );
}

interface CustomerProps {
  value: RoutingConditions['customer_field'];
  onChange: (field: RoutingConditions['customer_field']) => void;
}

function CustomerField({ value, onChange }: CustomerProps) {
  const { t } = useLingui();
  const fields = useCustomerFields();
  const choose = (field: RoutingCustomerField | '') =>
    onChange(field ? { field, is: value?.is || fields[field].example } : undefined);
  return (
    <>
      <Field label={t`Customer`}>
        <Select
          value={value?.field ?? ''}
          onChange={(event) => choose(event.target.value as RoutingCustomerField)}
        >
          <option value="">{t`whoever it is`}</option>
          {Object.entries(fields).map(([field, { label }]) => (
            <option key={field} value={field}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      {value && (
        <Field label={t`is`}>
          <Input
            value={value.is}
            placeholder={fields[value.field].example}
            onChange={(event) => onChange({ ...value, is: event.target.value })}
          />
        </Field>
      )}
    </>
  );
}
