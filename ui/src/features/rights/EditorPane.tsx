import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog, IconButton } from '@/design';
import { useMedia } from '@/design/useMedia';
import css from './EditorPane.module.css';

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** What stands beside a matrix, or over it where there is no room. */
export function EditorPane({ title, onClose, children }: Props) {
  const { t } = useLingui();
  const beside = useMedia('(min-width: 1101px)');
  if (!beside)
    return (
      <Dialog open onClose={onClose} title={title}>
        {children}
      </Dialog>
    );
  return (
    <aside className={css.pane} aria-label={title}>
      <header className={css.header}>
        <h2 className={css.title}>{title}</h2>
        <IconButton size="s" label={t`Close`} onClick={onClose}>
          <X size={15} aria-hidden="true" />
        </IconButton>
      </header>
      {children}
    </aside>
  );
}
