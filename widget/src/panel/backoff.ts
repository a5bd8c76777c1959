const FIRST = 1_000;
const LONGEST = 30_000;

/** Doubles with every attempt; the random half keeps a crowd from returning in step. */
export const backoff = (attempt: number, random = Math.random()) =>
  Math.min(LONGEST, FIRST * 2 ** attempt) * (0.5 + random / 2);

/** A pause that ends early when the network comes back, the work is called off or someone is impatient. */
export function createPause() {
  let wake = () => {};
  const pause = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(done, ms);
      function done() {
        clearTimeout(timer);
        removeEventListener('online', done);
        signal?.removeEventListener('abort', done);
        resolve();
      }
      addEventListener('online', done);
      signal?.addEventListener('abort', done);
      wake = done;
    });
  return { pause, wake: () => wake() };
}
