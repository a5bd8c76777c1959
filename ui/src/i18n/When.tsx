import { useTimes } from './time';

/** A moment in short; the whole of it on hover and for screen readers. */
export function When({ at }: { at: string }) {
  const times = useTimes();
  const full = times.full(at);
  return (
    <time dateTime={at} title={full}>
      <span aria-hidden="true">{times.ago(at)}</span>
      <span className="visually-hidden">{full}</span>
    </time>
  );
}
