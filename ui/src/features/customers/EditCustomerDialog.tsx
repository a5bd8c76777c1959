import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { asProblem, type CustomerView, customerShowQueryKey, customerUpdate } from '@/api';
import { queryClient } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';
import { Button, Dialog, Field, Input } from '@/design';
import { useProblemText } from '@/i18n/problem';

const fields = ['display_name', 'email', 'phone'] as const;

export function EditCustomerDialog({ customer, onClose }: { customer: CustomerView; onClose: () => void }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const problemText = useProblemText();
  const [values, setValues] = useState({
    display_name: customer.display_name,
    email: customer.email ?? '',
    phone: customer.phone ?? '',
  });
  const labels = { display_name: t`Name`, email: t`Email`, phone: t`Phone` };
  const path = { workspace_id: workspace, customer_id: customer.id };
  const save = useMutation({
    mutationFn: async () => {
      // Only what changed: a masked value must not be written back.
      const changed = fields.filter((field) => values[field] !== (customer[field] ?? ''));
      const body = Object.fromEntries(changed.map((field) => [field, values[field].trim() || null]));
      return (await customerUpdate({ path, body })).data;
    },
    onSuccess: (next) => {
      queryClient.setQueryData(customerShowQueryKey({ path }), next);
      onClose();
    },
  });
  const problem = asProblem(save.error);
  const general = save.error && !fields.some((field) => problem?.field(field));

  function submit(event: FormEvent) {
    event.preventDefault();
    if (values.display_name.trim()) save.mutate();
  }

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
          <Button
            type="submit"
            form="edit-customer"
            variant="primary"
            busy={save.isPending}
            blocked={values.display_name.trim() ? undefined : t`Give a name first`}
          >
            {t`Save`}
          </Button>
        </>
      }
    >
      <form id="edit-customer" onSubmit={submit}>
        {fields
          .filter((field) => !customer.masked_fields.includes(field))
          .map((field) => (
            <Field key={field} label={labels[field]} error={problem?.field(field)?.detail}>
              <Input
                type={field === 'email' ? 'email' : field === 'phone' ? 'tel' : 'text'}
                value={values[field]}
                onChange={(event) => setValues({ ...values, [field]: event.target.value })}
              />
            </Field>
          ))}
        {general && <p role="alert">{problemText(save.error)}</p>}
      </form>
    </Dialog>
  );
}
