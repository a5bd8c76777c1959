import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type OperatorRequestView, operatorSupportAnswerPut } from '@/api';
import { paths } from '@/app/paths';
import { Button, Dialog, RadioGroup, Textarea, toast } from '@/design';
import money from '@/features/money/money.module.css';
import { Form, FormField, textOf } from '@/form';
import { useOperatorChange, useOperatorMessages } from '../operator';
import css from '../operator.module.css';

type Verdict = 'granted' | 'declined';

interface Props {
  shown: OperatorRequestView;
  onClose: () => void;
}

/** Answers a request. What was asked for is done apart from it, with another plan for the workspace. */
export function AnswerDialog({ shown: { request, workspace, asked_by }, onClose }: Props) {
  const { t } = useLingui();
  const messages = useOperatorMessages();
  const [state, setState] = useState<Verdict>('granted');
  const answer = useOperatorChange(
    (text: string) =>
      operatorSupportAnswerPut({
        path: { workspace_id: workspace.id, support_request_id: request.id },
        body: { state, text },
      }),
    () => {
      toast({ title: t`${asked_by} has your answer` });
      onClose();
    },
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Answer ${asked_by} of ${workspace.name}`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" form="answer" variant="primary" busy={answer.isPending}>
            {t`Send the answer`}
          </Button>
        </>
      }
    >
      <blockquote className={css.quote}>{request.text}</blockquote>
      <Form
        id="answer"
        error={answer.error}
        messages={messages}
        onSubmit={(values) => !answer.isPending && answer.mutate(textOf(values, 'text'))}
      >
        <RadioGroup
          legend={t`Answer`}
          name="state"
          value={state}
          options={[
            {
              value: 'granted',
              label: t`Granted`,
              hint: t`This says so, and changes nothing: give them the plan or the seats as well.`,
            },
            { value: 'declined', label: t`Declined` },
          ]}
          onChange={setState}
        />
        <FormField name="text" label={t`What you say to them`}>
          <Textarea name="text" rows={4} />
        </FormField>
      </Form>
      <Link to={paths.operatedWorkspace(workspace.id)} className={money.link}>
        {t`Plan and usage of ${workspace.name}`}
      </Link>
    </Dialog>
  );
}
