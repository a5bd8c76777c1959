import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type RequestKind,
  type SupportRequestView,
  supportRequestCreate,
  supportRequestsListOptions,
  supportRequestsListQueryKey,
} from '@/api';
import { queryClient } from '@/app/queryClient';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { Badge, Button, Dialog, Section, Select, Textarea, toast } from '@/design';
import { Form, FormField, textOf } from '@/form';
import { When } from '@/i18n/When';
import { useMoneyChange } from '../billing';
import css from '../money.module.css';
import { useMoneyMessages } from '../useMoneyMessages';

interface Props {
  /** What is asked for at this moment; it stands in the address. */
  asked: RequestKind | undefined;
  onAsk: (kind: RequestKind | undefined) => void;
}

/** What is not sold is asked of the operator (PLAN-026): what one asked for, and what became of it. */
export function AskSection({ asked, onAsk }: Props) {
  const { t } = useLingui();
  const path = { workspace_id: useWorkspaceId() };
  const blockedHere = useBlockedHere();
  const blocked = blockedHere('billing.view') && blockedHere('member.invite');
  const requests = useQuery({ ...supportRequestsListOptions({ path }), enabled: !blocked }).data?.items;
  return (
    <Section
      title={t`Ask your operator`}
      description={t`For more seats, another plan, or anything about what is paid.`}
      actions={
        <Button blocked={blocked} onClick={() => onAsk('contact')}>
          {t`Ask…`}
        </Button>
      }
    >
      {requests && requests.length > 0 ? (
        <ul className={css.meters}>
          {requests.map((request) => (
            <Request key={request.id} request={request} />
          ))}
        </ul>
      ) : (
        <p className={css.quiet}>{t`What you ask for stands here, with its answer.`}</p>
      )}
      {asked && !blocked && <AskDialog first={asked} onClose={() => onAsk(undefined)} />}
    </Section>
  );
}

function Request({ request }: { request: SupportRequestView }) {
  const { t } = useLingui();
  const states = { open: t`Waits`, granted: t`Granted`, declined: t`Declined` };
  const tones = { open: 'neutral', granted: 'ok', declined: 'warn' } as const;
  return (
    <li className={css.line}>
      <p className={css.grow}>
        {request.text}
        {request.answer && <span className={css.quiet}> {t`Answer: ${request.answer}`}</span>}
      </p>
      <Badge tone={tones[request.state]}>{states[request.state]}</Badge>
      <span className={css.small}>
        <When at={request.created_at} />
      </span>
    </li>
  );
}

function AskDialog({ first, onClose }: { first: RequestKind; onClose: () => void }) {
  const { t } = useLingui();
  const path = { workspace_id: useWorkspaceId() };
  const [kind, setKind] = useState(first);
  const messages = useMoneyMessages();
  const ask = useMoneyChange(
    (path, text: string) => supportRequestCreate({ path, body: { kind, text } }),
    () => {
      void queryClient.invalidateQueries({ queryKey: supportRequestsListQueryKey({ path }) });
      toast({ title: t`Your operator has your request`, description: t`The answer stands on this page.` });
      onClose();
    },
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Ask your operator`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" form="ask" variant="primary" busy={ask.isPending}>
            {t`Send`}
          </Button>
        </>
      }
    >
      <Form
        id="ask"
        error={ask.error}
        messages={messages}
        onSubmit={(values) => !ask.isPending && ask.mutate(textOf(values, 'text'))}
      >
        <FormField name="kind" label={t`About`}>
          <Select value={kind} onChange={(event) => setKind(event.target.value as RequestKind)}>
            <option value="more_seats">{t`More seats`}</option>
            <option value="contact">{t`Something else`}</option>
          </Select>
        </FormField>
        <FormField name="text" label={t`What you need`} hint={t`How many, and until when, if you know it.`}>
          <Textarea name="text" rows={4} />
        </FormField>
      </Form>
    </Dialog>
  );
}
