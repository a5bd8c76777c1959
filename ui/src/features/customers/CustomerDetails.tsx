import { useLingui } from '@lingui/react/macro';
import { EyeOff } from 'lucide-react';
import type { CustomerView } from '@/api';
import { Tooltip, toast } from '@/design';
import { useTimes } from '@/i18n/time';
import css from './CustomerProfile.module.css';

export function CustomerDetails({ customer }: { customer: CustomerView }) {
  const { t, i18n } = useLingui();
  const times = useTimes();
  const language =
    customer.locale && new Intl.DisplayNames([i18n.locale], { type: 'language' }).of(customer.locale);
  const source = customer.source === 'website_chat' ? t`Website chat` : customer.source;
  return (
    <dl className={css.details}>
      <Contact label={t`Email`} field="email" value={customer.email} customer={customer} />
      <Contact label={t`Phone`} field="phone" value={customer.phone} customer={customer} />
      <Fact label={t`Language`}>{language}</Fact>
      <Fact label={t`Source`}>{source}</Fact>
      <Fact label={t`First seen`}>
        <time dateTime={customer.first_seen_at}>{times.date(customer.first_seen_at)}</time>
      </Fact>
      <Fact label={t`Last seen`}>
        {customer.last_seen_at && (
          <time dateTime={customer.last_seen_at} title={times.full(customer.last_seen_at)}>
            {times.ago(customer.last_seen_at)}
          </time>
        )}
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className={css.fact}>
      <dt>{label}</dt>
      <dd>{children || <span className={css.none}>–</span>}</dd>
    </div>
  );
}

interface ContactProps {
  label: string;
  field: 'email' | 'phone';
  value: string | null;
  customer: CustomerView;
}

/** Copied with a click; masked for people who may not see it, in its shape. */
function Contact({ label, field, value, customer }: ContactProps) {
  const { t } = useLingui();
  if (!value) return <Fact label={label}>{null}</Fact>;
  if (customer.masked_fields.includes(field)) {
    return (
      <Fact label={label}>
        <Tooltip text={t`Your role shows contact details masked. An owner or admin can change that.`}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the reason must be reachable by keyboard. */}
          <span className={css.masked} tabIndex={0}>
            {value}
            <EyeOff size={13} aria-hidden="true" />
            <span className="visually-hidden">{t`(masked)`}</span>
          </span>
        </Tooltip>
      </Fact>
    );
  }
  async function copy() {
    await navigator.clipboard.writeText(value ?? '');
    toast({ title: t`Copied` });
  }
  return (
    <Fact label={label}>
      <Tooltip text={t`Copy`}>
        <button type="button" className={css.copy} onClick={() => void copy()}>
          <Breakable text={value} />
        </button>
      </Tooltip>
    </Fact>
  );
}

/** An address breaks before its domain, not within. */
function Breakable({ text }: { text: string }) {
  const [local, ...domain] = text.split('@');
  return (
    <>
      {local}
      {domain.length > 0 && (
        <>
          <wbr />@{domain.join('@')}
        </>
      )}
    </>
  );
}
