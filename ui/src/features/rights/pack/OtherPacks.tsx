import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import type { PolicyPackChoice } from '@/api';
import { useBlockedHere } from '@/app/session';
import { Badge, Button } from '@/design';
import { usePackText } from '@/features/rights/usePackText';
import css from './OtherPacks.module.css';

/** What the workspace could switch to. */
export function OtherPacks({ packs }: { packs: PolicyPackChoice[] }) {
  const { t } = useLingui();
  const text = usePackText();
  const blocked = useBlockedHere()('role.manage');
  const navigate = useNavigate({ from: '/w/$workspace/settings/policy-pack' });
  if (packs.length === 0) return null;
  return (
    <section className={css.others} aria-label={t`Other packs`}>
      <h2 className={css.title}>{t`Other packs`}</h2>
      <p
        className={css.hint}
      >{t`Look at what a switch would do before you decide. Looking changes nothing.`}</p>
      <ul className={css.cards}>
        {packs.map((pack) => (
          <li key={pack.id} className={css.card}>
            <h3>{pack.title}</h3>
            <p>{text(pack.description)}</p>
            <span className={css.roles}>
              {pack.roles.map(({ key, label }) => (
                <Badge key={key}>{label}</Badge>
              ))}
            </span>
            <Button
              blocked={blocked}
              aria-label={t`Preview the switch to ${pack.title}`}
              onClick={() => void navigate({ search: { to: pack.id } })}
            >
              {t`Preview the switch`}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
