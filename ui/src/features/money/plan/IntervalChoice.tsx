import { useLingui } from '@lingui/react/macro';
import { RadioGroup } from '@/design';
import type { Interval } from './ChangePlanDialog';

/** How often is paid. */
export function IntervalChoice({
  value,
  onChange,
}: {
  value: Interval;
  onChange: (interval: Interval) => void;
}) {
  const { t } = useLingui();
  return (
    <RadioGroup
      legend={t`Paid`}
      hideLegend
      name="interval"
      value={value}
      options={[
        { value: 'month', label: t`Paid by the month` },
        { value: 'year', label: t`Paid by the year` },
      ]}
      onChange={onChange}
    />
  );
}
