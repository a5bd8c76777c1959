import { useLingui } from '@lingui/react/macro';
import { Pencil, Trash2 } from 'lucide-react';
import { Badge, type Blocked, cx, IconButton, Switch } from '@/design';
import type { RuleDraft } from './draft';
import css from './RulesEditor.module.css';
import { useRuleText } from './useRuleText';

interface Props {
  rule: RuleDraft;
  blocked: Blocked | undefined;
  onEdit: () => void;
  onEnable: (enabled: boolean) => void;
  onDelete: () => void;
}

export function RuleLine({ rule, blocked, onEdit, onEnable, onDelete }: Props) {
  const { t } = useLingui();
  const text = useRuleText();
  const { name } = rule;
  return (
    <div className={css.rule}>
      <div className={cx(css.text, !rule.enabled && css.off)}>
        <b>{name}</b> {!rule.enabled && <Badge>{t`Off`}</Badge>}
        <p>{text(rule)}</p>
      </div>
      <div className={css.tools}>
        <Switch label={t`${name} is on`} checked={rule.enabled} blocked={blocked} onChange={onEnable} />
        <IconButton size="s" label={t`Edit ${name}`} blocked={blocked} onClick={onEdit}>
          <Pencil size={14} aria-hidden="true" />
        </IconButton>
        <IconButton size="s" label={t`Delete ${name}`} blocked={blocked} onClick={onDelete}>
          <Trash2 size={14} aria-hidden="true" />
        </IconButton>
      </div>
    </div>
  );
}
