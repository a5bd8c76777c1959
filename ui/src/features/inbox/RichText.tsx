import css from './Messages.module.css';

const LINK = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/g;

/** Text as it was written, with its web addresses made into links. */
export function RichText({ text }: { text: string }) {
  return (
    <p className={css.text}>
      <Linked text={text} />
    </p>
  );
}

export function Linked({ text }: { text: string }) {
  return text.split(LINK).map((part, at) =>
    at % 2 === 1 ? (
      <a key={at} href={part} target="_blank" rel="noopener noreferrer nofollow">
        {part}
      </a>
    ) : (
      part
    ),
  );
}
