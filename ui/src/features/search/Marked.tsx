import { markParts } from './marked';
import css from './SearchPage.module.css';

export function Marked({ text, words }: { text: string; words: string }) {
  return markParts(text, words).map((part, at) =>
    part.hit ? (
      <mark key={at} className={css.mark}>
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
}
