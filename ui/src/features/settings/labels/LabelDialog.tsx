import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { type LabelView, labelCreate, labelUpdate } from '@/api';
import { Button, Dialog, Input, LabelChip } from '@/design';
import { HuePicker } from '@/design/HuePicker';
import { Form, FormField, textOf } from '@/form';
import css from '../ListPage.module.css';
import { useLabelChange } from './useLabelChange';

/** Blue, until another one is chosen. */
const USUAL_HUE = 265;

interface Wished {
  name: string;
  color: number;
  icon: string | null;
  purpose: string;
}

/** Makes a label or changes one, with a look at what it will be. */
export function LabelDialog({ label, onClose }: { label?: LabelView; onClose: () => void }) {
  const { t } = useLingui();
  const [color, setColor] = useState(label?.color ?? USUAL_HUE);
  const [shown, setShown] = useState({ name: label?.name ?? '', icon: label?.icon ?? '' });
  const save = useLabelChange(
    (path, wished: Wished) =>
      label
        ? labelUpdate({
            path: { ...path, label_id: label.id },
            body: { version: label.version, ...wished },
          })
        : labelCreate({ path, body: wished }),
    onClose,
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={label ? t`Edit the label` : t`New label`}
      size="s"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" form="label" variant="primary" busy={save.isPending}>
            {t`Save`}
          </Button>
        </>
      }
    >
      <Form
        id="label"
        error={save.error}
        onChange={(values) => setShown({ name: textOf(values, 'name'), icon: textOf(values, 'icon') })}
        onSubmit={(values) =>
          save.mutate({
            name: textOf(values, 'name'),
            icon: textOf(values, 'icon') || null,
            purpose: textOf(values, 'purpose'),
            color,
          })
        }
      >
        <p className={css.line} aria-live="polite">
          <LabelChip label={{ name: shown.name || t`Name`, icon: shown.icon, color }} />
        </p>
        <FormField name="name" label={t`Name`}>
          <Input name="name" defaultValue={label?.name} maxLength={50} required />
        </FormField>
        <FormField name="icon" label={t`Sign`} hint={t`An emoji such as ⭐, or nothing.`}>
          <Input name="icon" defaultValue={label?.icon ?? ''} maxLength={8} className={css.number} />
        </FormField>
        <FormField name="purpose" label={t`What it tells the team`}>
          <Input name="purpose" defaultValue={label?.purpose} />
        </FormField>
        <HuePicker value={color} onChange={setColor} />
      </Form>
    </Dialog>
  );
}
