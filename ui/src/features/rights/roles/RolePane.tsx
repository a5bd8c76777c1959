import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { Dialog, IconButton } from '@/design';
import { useMedia } from '@/design/useMedia';
import { RoleDetails, type RoleDetailsProps } from './RoleDetails';
import css from './RolePane.module.css';

interface Props extends RoleDetailsProps {
  onClose: () => void;
}

/** The selected role beside the matrix, or over it where there is no room. */
export function RolePane({ onClose, ...details }: Props) {
  const { t } = useLingui();
  const beside = useMedia('(min-width: 1101px)');
  const { label } = details.role;
  if (!beside)
    return (
      <Dialog open onClose={onClose} title={label}>
        <RoleDetails {...details} />
      </Dialog>
    );
  return (
    <aside className={css.pane} aria-label={label}>
      <header className={css.header}>
        <h2 className={css.title}>{label}</h2>
        <IconButton size="s" label={t`Close`} onClick={onClose}>
          <X size={15} aria-hidden="true" />
        </IconButton>
      </header>
      <RoleDetails {...details} />
    </aside>
  );
}
