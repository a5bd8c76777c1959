import { useEffect, useEffectEvent, useState } from 'react';

const REST_MS = 250;

/** The text in a search field, committed when the keys rest; it follows the address when something else changes that. */
export function useSearchText(committed: string, commit: (text: string) => void) {
  const [text, setText] = useState(committed);
  const [seen, setSeen] = useState(committed);
  // What was committed here and has not come back yet. By then more may be typed, which its coming must not undo.
  const [awaited, setAwaited] = useState<string[]>([]);
  if (committed !== seen) {
    setSeen(committed);
    const at = awaited.indexOf(committed);
    setAwaited(at < 0 ? [] : awaited.slice(at + 1));
    if (at < 0) setText(committed);
  }
  const commitNow = useEffectEvent((next: string) => {
    setAwaited((before) => [...before, next]);
    commit(next);
  });
  useEffect(() => {
    if (text.trim() === committed) return;
    const timer = setTimeout(() => commitNow(text.trim()), REST_MS);
    return () => clearTimeout(timer);
  }, [text, committed]);
  return [text, setText] as const;
}
