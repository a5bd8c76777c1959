import { useEffect, useEffectEvent, useState } from 'react';

const REST_MS = 250;

/** The text in a search field, committed when the keys rest; it follows the address when that changes. */
export function useSearchText(committed: string, commit: (text: string) => void) {
  const [text, setText] = useState(committed);
  const [seen, setSeen] = useState(committed);
  if (committed !== seen) {
    setSeen(committed);
    if (text.trim() !== committed) setText(committed);
  }
  const commitNow = useEffectEvent(commit);
  useEffect(() => {
    if (text.trim() === committed) return;
    const timer = setTimeout(() => commitNow(text.trim()), REST_MS);
    return () => clearTimeout(timer);
  }, [text, committed]);
  return [text, setText] as const;
}
