const PAUSE = 2_000;
const REPEAT = 3_000;

export type Typist = ReturnType<typeof createTypist>;

/** Tells that the visitor is writing: again every few seconds, and when they paused or sent. */
export function createTypist(tell: (state: 'typing' | 'stopped') => void) {
  let told = 0;
  let timer = 0;

  function stop() {
    clearTimeout(timer);
    if (told) tell('stopped');
    told = 0;
  }

  return {
    stop,
    keyed() {
      clearTimeout(timer);
      timer = setTimeout(stop, PAUSE);
      if (Date.now() - told < REPEAT) return;
      told = Date.now();
      tell('typing');
    },
  };
}
