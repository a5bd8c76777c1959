import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useState } from 'react';
import { type RoutingRehearsalView, type RoutingSpot, routingRehearse } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { Button, Dialog, ErrorState, Field, Select, Skeleton } from '@/design';
import { When } from '@/i18n/When';
import { bodyOf, type RuleDraft } from './draft';
import css from './RehearsalDialog.module.css';

interface Props {
  rules: RuleDraft[];
  saving: boolean;
  onSave: () => void;
  onClose: () => void;
}

const PERIODS = [1, 7, 30];

/** What these rules would have done with the conversations of the last days. Nothing is changed by looking. */
export function RehearsalDialog({ rules, saving, onSave, onClose }: Props) {
  const { t } = useLingui();
  const [days, setDays] = useState(7);
  const path = { workspace_id: useWorkspaceId() };
  const body = { rules: rules.map(bodyOf), days };
  const rehearsal = useQuery({
    queryKey: ['rehearsal', path.workspace_id, body],
    queryFn: async () => (await routingRehearse({ path, body })).data,
    gcTime: 0,
  });
  return (
    <Dialog
      open
      onClose={onClose}
      size="l"
      title={t`Rehearsal`}
      description={t`What these rules would have done. Nothing changes until you save.`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Back to the rules`}
          </Button>
          <Button
            variant="primary"
            busy={saving}
            blocked={rehearsal.isSuccess ? undefined : t`Wait for the rehearsal`}
            onClick={onSave}
          >
            {t`Save the rules`}
          </Button>
        </>
      }
    >
      <div className={css.rehearsal}>
        <div className={css.period}>
          <Field label={t`With the conversations of`}>
            <Select value={days} onChange={(event) => setDays(Number(event.target.value))}>
              {PERIODS.map((period) => (
                <option key={period} value={period}>
                  {period === 1 ? t`the last day` : t`the last ${period} days`}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        {rehearsal.isPending ? (
          <Skeleton lines={5} label={t`Rehearsing`} />
        ) : rehearsal.isError ? (
          <ErrorState
            title={t`The rehearsal did not work`}
            error={rehearsal.error}
            onRetry={() => void rehearsal.refetch()}
          />
        ) : (
          <Outcome outcome={rehearsal.data} />
        )}
      </div>
    </Dialog>
  );
}

function Outcome({ outcome }: { outcome: RoutingRehearsalView }) {
  const { t } = useLingui();
  const { conversations, changed, changed_count } = outcome;
  if (conversations === 0)
    return <p>{t`Nobody wrote in that time, so there is nothing to rehearse with.`}</p>;
  return (
    <>
      <p className={css.sum} role="status">
        {changed_count === 0 ? (
          <Plural
            value={conversations}
            one="# conversation, and it would have gone the same way."
            other="# conversations, and all would have gone the same way."
          />
        ) : (
          <Trans>
            <b>{changed_count}</b> of {conversations} conversations would have gone elsewhere.
          </Trans>
        )}
      </p>
      {changed.length > 0 && (
        <ul className={css.changes}>
          {changed.map(({ conversation_id, customer, at, before, after }) => (
            <li key={conversation_id}>
              <span className={css.who}>
                {customer.display_name} <When at={at} />
              </span>
              <span className={css.way}>
                <Place place={before} />
                <ArrowRight size={13} aria-label={t`then`} />
                <b>
                  <Place place={after} />
                </b>
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Place({ place: { team, member, rule } }: { place: RoutingSpot }) {
  const { t } = useLingui();
  const to = [team?.name, member?.name].filter(Boolean).join(' · ') || t`General queue`;
  return <span title={rule ?? undefined}>{to}</span>;
}
