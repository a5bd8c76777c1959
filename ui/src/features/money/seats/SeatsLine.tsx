import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { seatsShowOptions } from '@/api';
import { paths } from '@/app/paths';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useTimes } from '@/i18n/time';
import { Meter } from '../Meter';
import css from '../money.module.css';

/** How many seats are taken, above the members, and the way to more of them (BIL-033). */
export function SeatsLine() {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const blocked = useBlockedHere();
  const enabled = !blocked('member.invite') || !blocked('billing.view');
  const seats = useQuery({ ...seatsShowOptions({ path: { workspace_id: workspace } }), enabled }).data;
  const { date } = useTimes();
  // Where nothing is limited there is nothing to watch.
  if (!seats || seats.full.cap === null) return null;
  const { used, cap, pending, grace_until } = seats.full;
  return (
    <Meter label={t`Full seats`} used={used} limit={cap}>
      {pending > 0 && t`${pending} of them wait for an answer.`}{' '}
      {grace_until && t`After ${date(grace_until)} who joined last rests until there is a seat.`}{' '}
      <Link to={paths.settings(workspace, 'plan')} className={css.link}>
        {t`More seats`}
      </Link>
    </Meter>
  );
}
