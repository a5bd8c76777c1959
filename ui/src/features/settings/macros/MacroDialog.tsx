import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { useState } from 'react';
import { type ConversationAction, type MacroView, macroCreate, macrosListQueryKey, macroUpdate } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { Button, Dialog, IconButton, Input, Select } from '@/design';
import { OrderedList } from '@/design/OrderedList';
import { Form, FormField, textOf } from '@/form';
import css from '../ListPage.module.css';
import { ScopeField } from '../tools/ScopeField';
import { useToolChange } from '../tools/useToolChange';
import { StepFields } from './StepFields';
import { begin, isWhole, type StepKind, stepKinds } from './steps';
import { useStepNames } from './useStepText';

/** A step and what tells it from others of its kind on this page. */
interface Step {
  key: string;
  action: ConversationAction;
}

const stepOf = (action: ConversationAction): Step => ({ key: crypto.randomUUID(), action });

/** Puts a macro together, step by step in their order. */
export function MacroDialog({ macro, onClose }: { macro?: MacroView; onClose: () => void }) {
  const { t } = useLingui();
  const path = { workspace_id: useWorkspaceId() };
  const names = useStepNames();
  const [steps, setSteps] = useState(() => (macro?.actions ?? []).map(stepOf));
  const [audience, setAudience] = useState({
    scope: macro?.scope ?? ('workspace' as const),
    team_id: macro?.team_id ?? null,
  });
  const save = useToolChange(
    macrosListQueryKey({ path }),
    (name: string) => {
      const body = { name, actions: steps.map(({ action }) => action), ...audience };
      return macro
        ? macroUpdate({ path: { ...path, macro_id: macro.id }, body: { version: macro.version, ...body } })
        : macroCreate({ path, body });
    },
    onClose,
  );
  const whyNot =
    steps.length === 0
      ? t`Add a step first`
      : steps.every(({ action }) => isWhole(action))
        ? undefined
        : t`Choose what each step is about`;
  const nameOf = ({ action }: Step) => names[action.kind as StepKind];
  return (
    <Dialog
      open
      onClose={onClose}
      size="l"
      title={macro ? t`Edit the macro` : t`New macro`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" form="macro" variant="primary" busy={save.isPending} blocked={whyNot}>
            {t`Save`}
          </Button>
        </>
      }
    >
      <Form
        id="macro"
        className={css.form}
        error={save.error}
        onSubmit={(values) => !whyNot && save.mutate(textOf(values, 'name'))}
      >
        <FormField name="name" label={t`Name`}>
          <Input name="name" defaultValue={macro?.name} required />
        </FormField>
        {steps.length > 0 && (
          <OrderedList
            label={t`Steps`}
            items={steps}
            keyOf={({ key }) => key}
            nameOf={nameOf}
            onReorder={setSteps}
          >
            {(step) => (
              <div className={css.line}>
                <span className={css.grow}>{nameOf(step)}</span>
                <StepFields
                  label={nameOf(step)}
                  step={step.action}
                  onChange={(action) =>
                    setSteps(steps.map((each) => (each.key === step.key ? { ...each, action } : each)))
                  }
                />
                <IconButton
                  size="s"
                  label={t`Remove: ${nameOf(step)}`}
                  onClick={() => setSteps(steps.filter(({ key }) => key !== step.key))}
                >
                  <X size={14} aria-hidden="true" />
                </IconButton>
              </div>
            )}
          </OrderedList>
        )}
        <Select
          aria-label={t`Add a step`}
          value=""
          onChange={({ target }) =>
            target.value && setSteps([...steps, stepOf(begin(target.value as StepKind))])
          }
        >
          <option value="">{t`Add a step…`}</option>
          {stepKinds.map((kind) => (
            <option key={kind} value={kind}>
              {names[kind]}
            </option>
          ))}
        </Select>
        <ScopeField value={audience} onChange={setAudience} />
      </Form>
    </Dialog>
  );
}
