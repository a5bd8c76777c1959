import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { LifeBuoy } from 'lucide-react';
import { useState } from 'react';
import { type OperatorRequestView, operatorSupportRequestsListInfiniteOptions } from '@/api';
import { paths } from '@/app/paths';
import { useTitle } from '@/app/useTitle';
import { Badge, Button, EmptyState, Field, Page, Select } from '@/design';
import money from '@/features/money/money.module.css';
import css from '@/features/settings/ListPage.module.css';
import { When } from '@/i18n/When';
import { Listed } from './Listed';
import { paged } from './operator';
import own from './operator.module.css';
import { AnswerDialog } from './requests/AnswerDialog';

/** Which requests are shown; those that wait unless it says otherwise. */
export interface RequestsSearch {
  state?: 'done';
}

/** What workspaces ask for that they cannot buy: more seats, another plan, anything about what is paid (PLAN-026). */
export default function RequestsPage() {
  const { t } = useLingui();
  const { state = 'open' } = useSearch({ from: '/member/admin/requests' });
  const navigate = useNavigate({ from: '/admin/requests' });
  const requests = useInfiniteQuery({
    ...operatorSupportRequestsListInfiniteOptions({ query: { state } }),
    ...paged,
  });
  const [answering, setAnswering] = useState<OperatorRequestView>();
  useTitle(t`Requests`);
  return (
    <Page
      title={t`Requests`}
      description={t`What workspaces ask you for. Who asked is told of your answer, and reads it on the page of their plan.`}
    >
      <Listed
        title={t`Requests`}
        pages={requests}
        failed={t`The requests could not be loaded`}
        filter={
          <Field label={t`State`}>
            <Select
              value={state}
              onChange={(event) =>
                void navigate({
                  search: event.target.value === 'done' ? { state: 'done' } : {},
                  replace: true,
                })
              }
            >
              <option value="open">{t`Waiting`}</option>
              <option value="done">{t`Answered`}</option>
            </Select>
          </Field>
        }
        empty={
          <EmptyState
            icon={<LifeBuoy size={28} aria-hidden="true" />}
            title={state === 'open' ? t`Nobody waits for an answer` : t`Nothing was answered yet`}
          >
            {t`Where a plan has no more seats to buy, its page offers to ask you. What is asked stands here.`}
          </EmptyState>
        }
      >
        {(items) => (
          <ul className={css.list}>
            {items.map((shown) => (
              <Row key={shown.request.id} shown={shown} onAnswer={() => setAnswering(shown)} />
            ))}
          </ul>
        )}
      </Listed>
      {answering && <AnswerDialog shown={answering} onClose={() => setAnswering(undefined)} />}
    </Page>
  );
}

function Row({ shown, onAnswer }: { shown: OperatorRequestView; onAnswer: () => void }) {
  const { t } = useLingui();
  const { request, workspace, asked_by } = shown;
  const kinds = { more_seats: t`More seats`, contact: t`Something else` };
  return (
    <li className={css.row}>
      <div className={css.name}>
        <p>
          <Link to={paths.operatedWorkspace(workspace.id)} className={money.link}>
            {workspace.name}
          </Link>{' '}
          <span className={css.quiet}>
            {asked_by} · {kinds[request.kind]} · <When at={request.created_at} />
          </span>
        </p>
        <p className={own.text}>{request.text}</p>
        {request.answer && <p className={own.text}>{t`Answer: ${request.answer}`}</p>}
      </div>
      {request.state === 'open' ? (
        <span className={css.end}>
          <Button aria-label={t`Answer ${asked_by} of ${workspace.name}…`} onClick={onAnswer}>
            {t`Answer…`}
          </Button>
        </span>
      ) : (
        <Badge tone={request.state === 'granted' ? 'ok' : 'warn'}>
          {request.state === 'granted' ? t`Granted` : t`Declined`}
        </Badge>
      )}
    </li>
  );
}
