import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { type CustomerView, customerUpdate } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { Button, Dialog, Input } from '@/design';
import { Form, FormField, textOf } from '@/form';
import { receiveCustomer } from './customers';

export function EditCustomerDialog({ customer, onClose }: { customer: CustomerView; onClose: () => void }) {
  const { t } = useLingui();
  const path = { workspace_id: useWorkspaceId(), customer_id: customer.id };
  // A masked value must not be written back.
  const fields = (
    [
      { name: 'display_name', label: t`Name`, type: 'text' },
      { name: 'email', label: t`Email`, type: 'email' },
      { name: 'phone', label: t`Phone`, type: 'tel' },
    ] as const
  ).filter(({ name }) => !customer.masked_fields.includes(name));
  const save = useMutation({
    mutationFn: async (values: FormData) => {
      const changed = fields.filter(({ name }) => textOf(values, name) !== (customer[name] ?? ''));
      const cleared = (name: string) => (name === 'display_name' ? '' : null);
      const body = Object.fromEntries(
        changed.map(({ name }) => [name, textOf(values, name) || cleared(name)]),
      );
      return (await customerUpdate({ path, body })).data;
    },
    onSuccess: (next) => {
      receiveCustomer(path.workspace_id, next);
      onClose();
    },
  });

  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Edit the details`}
      size="s"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" form="edit-customer" variant="primary" busy={save.isPending}>
            {t`Save`}
          </Button>
        </>
      }
    >
      <Form id="edit-customer" error={save.error} onSubmit={save.mutate}>
        {fields.map(({ name, label, type }) => (
          <FormField key={name} name={name} label={label}>
            <Input name={name} type={type} defaultValue={customer[name] ?? ''} autoComplete="off" />
          </FormField>
        ))}
      </Form>
    </Dialog>
  );
}
