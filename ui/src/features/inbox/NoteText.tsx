import type { ReactNode } from 'react';
import { splitMentions } from '@/conversations/mentions';
import css from './Messages.module.css';
import { Linked } from './RichText';

const MARKS = /(\*\*[^*\n]+\*\*|`[^`\n]+`|(?<![\p{L}\p{N}_])_[^_\n]+_(?![\p{L}\p{N}_]))/u;
const ITEM = /^\s*[-*] +/;

interface Props {
  text: string;
  mentions: { id: string; name: string }[];
}

/** A note as it was written: bold, italic, code, lists and names. What needs more than that stays plain text. */
export function NoteText({ text, mentions }: Props) {
  return (
    <div className={css.text}>
      {blocksOf(text).map((block, at) =>
        typeof block === 'string' ? (
          <p key={at}>
            <Inline text={block} mentions={mentions} />
          </p>
        ) : (
          <ul key={at} className={css.list}>
            {block.map((item, index) => (
              <li key={index}>
                <Inline text={item} mentions={mentions} />
              </li>
            ))}
          </ul>
        ),
      )}
    </div>
  );
}

/** Lines that begin with a dash belong to one list; all others keep their breaks. */
function blocksOf(text: string): (string | string[])[] {
  const blocks: (string | string[])[] = [];
  for (const line of text.split('\n')) {
    const last = blocks.at(-1);
    const item = ITEM.test(line);
    if (item && Array.isArray(last)) last.push(line.replace(ITEM, ''));
    else if (item) blocks.push([line.replace(ITEM, '')]);
    else if (typeof last === 'string') blocks[blocks.length - 1] = `${last}\n${line}`;
    else blocks.push(line);
  }
  return blocks;
}

function Inline({ text, mentions }: Props) {
  return splitMentions(text, mentions).map((part, at) =>
    typeof part === 'string' ? (
      <Marked key={at} text={part} />
    ) : (
      <span key={at} className={css.mention}>
        @{part.name}
      </span>
    ),
  );
}

function Marked({ text }: { text: string }) {
  return text.split(MARKS).map((part, at): ReactNode => {
    if (at % 2 === 0) return <Linked key={at} text={part} />;
    if (part.startsWith('**')) return <b key={at}>{part.slice(2, -2)}</b>;
    if (part.startsWith('`')) return <code key={at}>{part.slice(1, -1)}</code>;
    return <em key={at}>{part.slice(1, -1)}</em>;
  });
}
