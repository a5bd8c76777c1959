import { useLingui } from '@lingui/react/macro';
import { creditCapDelete, creditCapPut, type MemberCreditsView } from '@/api';
import { Button, Dialog, Input } from '@/design';
import { Form, FormField, textOf } from '@/form';
import { useMoneyChange } from '../billing';
import css from '../money.module.css';

/** How many credits a member may use in a month. */
export function CapDialog({ of, onClose }: { of: MemberCreditsView; onClose: () => void }) {
  const { t } = useLingui();
  const change = useMoneyChange(async (path, monthly: number | null) => {
    const whose = { ...path, member_id: of.member.id };
    if (monthly === null) return creditCapDelete({ path: whose }) as Promise<{ data: unknown }>;
    return creditCapPut({ path: whose, body: { monthly } }) as Promise<{ data: unknown }>;
  }, onClose);
  const save = (text: string) => change.mutate(text === '' ? null : Number(text));
  return (
    <Dialog
      open
      onClose={onClose}
      size="s"
      title={t`Limit for ${of.member.name}`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" form="cap" variant="primary" busy={change.isPending}>
            {t`Save`}
          </Button>
        </>
      }
    >
      <Form
        id="cap"
        error={change.error}
        onSubmit={(values) => !change.isPending && save(textOf(values, 'monthly'))}
      >
        <FormField
          name="monthly"
          label={t`Credits a month`}
          hint={t`Empty is no limit but the pool; 0 lets them use none.`}
        >
          <Input name="monthly" type="number" min={0} className={css.number} defaultValue={of.cap ?? ''} />
        </FormField>
      </Form>
    </Dialog>
  );
}
