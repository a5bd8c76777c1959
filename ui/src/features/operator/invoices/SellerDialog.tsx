import { useLingui } from '@lingui/react/macro';
import { operatorSellerPut, type SellerView } from '@/api';
import { Button, Dialog, Input, Textarea, toast } from '@/design';
import { Form, FormField, textOf } from '@/form';
import { useOperatorChange } from '../operator';

interface Props {
  /** Who they are from so far. */
  seller: SellerView | null;
  onClose: () => void;
}

/** Says who invoices are from; those that were issued stay as they are. */
export function SellerDialog({ seller, onClose }: Props) {
  const { t } = useLingui();
  const say = useOperatorChange(
    (body: SellerView) => operatorSellerPut({ body }),
    (_, { name }) => {
      toast({ title: t`The next invoice is from ${name}` });
      onClose();
    },
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Who invoices are from`}
      description={t`It stands at the head of every invoice that this server writes, from the next one on. Those that were issued stay as they are. What a payment provider collects names whom its own settings say.`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" form="seller" variant="primary" busy={say.isPending}>
            {t`Save`}
          </Button>
        </>
      }
    >
      <Form
        id="seller"
        error={say.error}
        onSubmit={(values) =>
          !say.isPending && say.mutate({ name: textOf(values, 'name'), details: textOf(values, 'details') })
        }
      >
        <FormField name="name" label={t`Name`} hint={t`Of a person or a company, as on its papers.`}>
          <Input name="name" autoComplete="organization" defaultValue={seller?.name} />
        </FormField>
        <FormField name="details" label={t`Address and tax number`} hint={t`Line by line, at most ten.`}>
          <Textarea name="details" rows={5} defaultValue={seller?.details} />
        </FormField>
      </Form>
    </Dialog>
  );
}
