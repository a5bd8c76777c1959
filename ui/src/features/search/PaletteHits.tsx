import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useEffect } from 'react';
import type { SearchHitView } from '@/api';
import { paths } from '@/app/paths';
import { useBlockedHere } from '@/app/session';
import { Avatar } from '@/design';
import { Marked } from './Marked';
import css from './Palette.module.css';
import { keyOf, placeOf, useHits } from './useHits';

const MOST = 6;

interface Props {
  workspace: string;
  text: string;
  onClose: () => void;
  /** Called when other results are there. */
  onFound: () => void;
}

/** What the server finds, below the commands. */
export function PaletteHits({ workspace, text, onClose, onFound }: Props) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const blocked = useBlockedHere()('search.use');
  const query = useHits(workspace, blocked ? '' : text);
  const found = query.data;
  useEffect(() => {
    if (found) onFound();
  }, [found, onFound]);
  if (text === '' || blocked) return null;
  const hits = query.data?.pages[0]?.items ?? [];
  const customers = hits.filter((hit) => !hit.conversation_id).slice(0, MOST);
  const messages = hits.filter((hit) => hit.conversation_id).slice(0, MOST);

  function go(place: { to: string; hash?: string; search?: { q: string } }) {
    onClose();
    void navigate(place);
  }

  return (
    <>
      {customers.length > 0 && (
        <Command.Group heading={t`Customers`} className={css.group}>
          {customers.map((hit) => (
            <Hit
              key={keyOf(hit)}
              hit={hit}
              text={text}
              detail={hit.kind === 'customer' ? hit.customer.email : hit.excerpt}
              onSelect={() => go(placeOf(workspace, hit))}
            />
          ))}
        </Command.Group>
      )}
      {messages.length > 0 && (
        <Command.Group heading={t`Conversations`} className={css.group}>
          {messages.map((hit) => (
            <Hit
              key={keyOf(hit)}
              hit={hit}
              text={text}
              detail={hit.excerpt}
              onSelect={() => go(placeOf(workspace, hit))}
            />
          ))}
        </Command.Group>
      )}
      <Command.Group className={css.group}>
        <Command.Item
          value="search-everything"
          className={css.item}
          onSelect={() => go({ to: paths.search(workspace), search: { q: text } })}
        >
          <Search size={16} aria-hidden="true" />
          <span className={css.label}>{t`Search everything for “${text}”`}</span>
        </Command.Item>
      </Command.Group>
    </>
  );
}

interface HitProps {
  hit: SearchHitView;
  text: string;
  detail: string | null;
  onSelect: () => void;
}

function Hit({ hit, text, detail, onSelect }: HitProps) {
  return (
    <Command.Item value={keyOf(hit)} className={css.item} onSelect={onSelect}>
      <Avatar name={hit.customer.display_name} size={24} />
      <span className={css.label}>
        <Marked text={hit.customer.display_name} words={text} />
      </span>
      {detail && <small className={css.detail}>{detail}</small>}
    </Command.Item>
  );
}
