import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { type LabelView, labelMerge } from '@/api';
import { useLabels } from '@/conversations/labels';
import { Button, Dialog, Field, Select, toast } from '@/design';
import { Form } from '@/form';
import { useLabelChange } from './useLabelChange';

/** Puts another label in the place of this one, everywhere. */
export function MergeLabel({ label, onClose }: { label: LabelView; onClose: () => void }) {
  const { t } = useLingui();
  const [into, setInto] = useState('');
  const others = useLabels().filter(
    ({ id, kind, archived }) => id !== label.id && kind !== 'member' && !archived,
  );
  const { name } = label;
  const merge = useLabelChange(
    (path, id: string) => labelMerge({ path: { ...path, label_id: label.id }, body: { into: id } }),
    () => {
      toast({ title: t`${name} is merged` });
      onClose();
    },
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Merge ${name}`}
      description={t`Everything that carries ${name} carries the other label afterwards. ${name} is gone then.`}
      size="s"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button
            type="submit"
            form="merge-label"
            variant="primary"
            busy={merge.isPending}
            blocked={into ? undefined : t`Choose the other label first`}
          >
            {t`Merge`}
          </Button>
        </>
      }
    >
      <Form id="merge-label" error={merge.error} onSubmit={() => into && merge.mutate(into)}>
        <Field label={t`Into`}>
          <Select value={into} onChange={(event) => setInto(event.target.value)}>
            <option value="">{t`Choose…`}</option>
            {others.map((other) => (
              <option key={other.id} value={other.id}>
                {other.name}
              </option>
            ))}
          </Select>
        </Field>
      </Form>
    </Dialog>
  );
}
