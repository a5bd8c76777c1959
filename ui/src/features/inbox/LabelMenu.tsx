import { useLingui } from '@lingui/react/macro';
import { Tag } from 'lucide-react';
import { memo, useCallback, useRef, useState } from 'react';
import type { LabelView } from '@/api';
import { useActions } from '@/conversations/actions';
import { useLabels, useLabelsOf } from '@/conversations/labels';
import { IconButton, LabelChip, Menu, MenuCheck, MenuItem, MenuLabel, type Refusal } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { useCommand, useKeys } from '@/keyboard';
import { useOpened } from './opened';
import { useSelecting } from './selection';

/** Puts labels on a conversation and takes them off. */
export function LabelMenu() {
  const { t } = useLingui();
  const { conversation } = useOpened();
  const { label } = useActions();
  const [open, setOpen] = useState(false);
  const keys = useKeys('label');
  const blocked = useBlocked()(conversation, 'label.apply');
  useCommand('label', () => setOpen(true), !useSelecting());
  return (
    <Menu
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <IconButton label={t`Labels`} keys={keys}>
          <Tag size={16} aria-hidden="true" />
        </IconButton>
      }
    >
      <LabelChecks
        ids={conversation.label_ids}
        blocked={blocked}
        onChange={(each, on) => void label(conversation, each, on)}
      />
    </Menu>
  );
}

interface ChecksProps {
  ids: string[];
  blocked: Refusal | undefined;
  onChange: (label: LabelView, on: boolean) => void;
}

/** Every label, those in `ids` ticked. There is one for each member too, so only what changes is drawn anew. */
export function LabelChecks({ ids, blocked, onChange }: ChecksProps) {
  const { t } = useLingui();
  const labels = useLabels();
  const latest = useRef(onChange);
  latest.current = onChange;
  const change = useCallback((label: LabelView, on: boolean) => latest.current(label, on), []);
  return (
    <>
      <MenuLabel>{t`Labels`}</MenuLabel>
      {labels.length === 0 && <MenuItem onSelect={() => undefined}>{t`There are no labels yet`}</MenuItem>}
      {labels.map((each) => (
        <LabelCheck
          key={each.id}
          label={each}
          checked={ids.includes(each.id)}
          blocked={blocked}
          onChange={change}
        />
      ))}
    </>
  );
}

interface CheckProps extends Pick<ChecksProps, 'blocked' | 'onChange'> {
  label: LabelView;
  checked: boolean;
}

const LabelCheck = memo(({ label, checked, blocked, onChange }: CheckProps) => (
  <MenuCheck checked={checked} blocked={blocked} onChange={(on) => onChange(label, on)}>
    <LabelChip label={label} />
  </MenuCheck>
));

/** The labels of something: as many as there is room for, and how many more there are. */
export function LabelChips({ ids, most }: { ids: string[]; most: number }) {
  const { t } = useLingui();
  const labels = useLabelsOf(ids);
  const more = labels.length - most;
  return (
    <>
      {labels.slice(0, most).map((label) => (
        <LabelChip key={label.id} label={label} />
      ))}
      {more > 0 && (
        <small>
          +{more}
          <span className="visually-hidden"> {t`more labels`}</span>
        </small>
      )}
    </>
  );
}
