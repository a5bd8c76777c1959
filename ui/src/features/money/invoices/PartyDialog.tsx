import { useLingui } from '@lingui/react/macro';
import type { PartyView } from '@/api';
import { Button, Dialog, Input, Textarea } from '@/design';
import { Form, FormField, textOf } from '@/form';

interface Props {
  title: string;
  description: string;
  /** Who it is so far. */
  party: PartyView | null;
  /** Being said. */
  busy: boolean;
  error: unknown;
  onSay: (party: PartyView) => void;
  onClose: () => void;
}

/** Asks whom invoices are from, or for: a name, and what stands below it. */
export function PartyDialog({ title, description, party, busy, error, onSay, onClose }: Props) {
  const { t } = useLingui();
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description={description}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" form="party" variant="primary" busy={busy}>
            {t`Save`}
          </Button>
        </>
      }
    >
      <Form
        id="party"
        error={error}
        onSubmit={(values) =>
          !busy && onSay({ name: textOf(values, 'name'), details: textOf(values, 'details') })
        }
      >
        <FormField name="name" label={t`Name`} hint={t`Of a person or a company, as on its papers.`}>
          <Input name="name" autoComplete="organization" defaultValue={party?.name} />
        </FormField>
        <FormField name="details" label={t`Address and tax number`} hint={t`Line by line, at most ten.`}>
          <Textarea name="details" rows={5} defaultValue={party?.details} />
        </FormField>
      </Form>
    </Dialog>
  );
}
