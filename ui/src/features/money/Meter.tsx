import { Plural, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useNumber } from '@/i18n/useNumber';
import css from './Meter.module.css';

interface Props {
  label: string;
  used: number;
  /** Null where nothing limits it. */
  limit: number | null;
  /** What more than that leads to. */
  children?: ReactNode;
}

/** How much of something is used: a bar, and the same in numbers and words. */
export function Meter({ label, used, limit, children }: Props) {
  const { t } = useLingui();
  const number = useNumber();
  const said = limit === null ? t`${number(used)}, no limit` : t`${number(used)} of ${number(limit)}`;
  const share = limit === null ? 0 : shareOf(used, limit);
  return (
    <div className={css.meter} data-tone={toneOf(share)}>
      <span className={css.label}>{label}</span>
      <span className={css.value}>
        {said}
        <Word used={used} limit={limit} />
      </span>
      {limit !== null && (
        // The words beside it say the same.
        <div aria-hidden="true" className={css.track}>
          <span className={css.bar} style={{ width: `${Math.min(100, share)}%` }} />
        </div>
      )}
      {children && <p className={css.note}>{children}</p>}
    </div>
  );
}

/** Says what the tone shows. */
function Word({ used, limit }: { used: number; limit: number | null }) {
  const { t } = useLingui();
  if (limit === null) return null;
  const share = shareOf(used, limit);
  const tone = toneOf(share);
  if (!tone) return null;
  return (
    <b className={css.word}>
      {used > limit ? (
        <Plural value={used - limit} one="# too many" other="# too many" />
      ) : share >= 100 ? (
        t`all used`
      ) : share >= 95 ? (
        t`almost all used`
      ) : (
        t`${Math.floor(share)} % used`
      )}
    </b>
  );
}

const shareOf = (used: number, limit: number) => (limit === 0 ? (used > 0 ? 100 : 0) : (100 * used) / limit);

/** Warnings come at 80, 95 and 100 percent. */
const toneOf = (share: number) => (share >= 95 ? 'danger' : share >= 80 ? 'warn' : undefined);
