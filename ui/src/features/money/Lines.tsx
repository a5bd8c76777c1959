import { useLingui } from '@lingui/react/macro';
import type { InvoiceLineView } from '@/api';
import { useNumber } from '@/i18n/useNumber';
import css from './money.module.css';
import { useMoney } from './useMoney';

const DAY_SECONDS = 24 * 60 * 60;

interface Props {
  /** What the sums are of, for screen readers. */
  caption: string;
  lines: InvoiceLineView[];
  /** The name of the total, and how much it is. */
  total: [string, number];
  currency: string;
}

/** What is charged, line by line to the minor unit. */
export function Lines({ caption, lines, total: [name, sum], currency }: Props) {
  const money = useMoney(currency);
  return (
    <table className={css.sums}>
      <caption className="visually-hidden">{caption}</caption>
      <tbody>
        {lines.map((line, at) => (
          <tr key={at}>
            <th scope="row">
              <Name line={line} />
            </th>
            <td>{money(line.amount)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{name}</th>
          <td>{money(sum)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

/** What a line is for, and how its amount comes about where that is not the price times the quantity. */
function Name({ line }: { line: InvoiceLineView }) {
  const { t } = useLingui();
  const number = useNumber();
  const name = useItemName()(line);
  const count = Math.abs(line.quantity);
  const days = (seconds: number) => number(Math.round((seconds * 10) / DAY_SECONDS) / 10);
  const [rest, whole] = [days(line.remaining), days(line.period)];
  return (
    <>
      {count > 1 ? `${name} × ${number(count)}` : name}
      {line.kind === 'proration' && (
        <small>
          {line.quantity < 0
            ? t`unused time given back: ${rest} of ${whole} days`
            : t`for the rest of the period: ${rest} of ${whole} days`}
        </small>
      )}
    </>
  );
}

/** The house's own words are translated; those of a catalogue stay as they are sold. */
export function useItemName(): (of: { item: string; name: string }) => string {
  const { t } = useLingui();
  const names: Record<string, string> = {
    extra_seat: t`Extra seat`,
    carried: t`Carried to the next invoice`,
    'usage.messages': t`Messages beyond the plan`,
    'usage.sms': t`Texts (SMS) beyond the plan`,
  };
  return ({ item, name }) => names[item] ?? name;
}
