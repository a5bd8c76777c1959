import { useEffect, useRef } from 'react';
import { isPreviewed, presencePost, typingPost } from '@/api';
import type { Scope } from '@/conversations/scope';

/** The server forgets presence after six seconds. */
const PRESENCE_MS = 4000;
/** Typing is repeated while it lasts, and ends by itself when the keys rest. */
const TYPING_REPEAT_MS = 3000;
const TYPING_STOP_MS = 2000;

/** Tells colleagues that this conversation is open here, and whether an answer is being written; not in a preview. */
export function useSendPresence(scope: Scope, conversation: string, replying: boolean) {
  const silent = isPreviewed(scope.workspace);
  useEffect(() => {
    if (silent) return;
    const path = { workspace_id: scope.workspace, conversation_id: conversation };
    const tell = (state: 'viewing' | 'replying' | 'left') =>
      void presencePost({ path, body: { state }, keepalive: state === 'left' }).catch(() => undefined);
    const here = () => {
      if (document.visibilityState === 'visible') tell(replying ? 'replying' : 'viewing');
    };
    const onVisibility = () => (document.visibilityState === 'visible' ? here() : tell('left'));

    here();
    const timer = setInterval(here, PRESENCE_MS);
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [scope, conversation, replying, silent]);

  useEffect(() => {
    if (silent) return;
    const path = { workspace_id: scope.workspace, conversation_id: conversation };
    return () => void presencePost({ path, body: { state: 'left' }, keepalive: true }).catch(() => undefined);
  }, [scope, conversation, silent]);
}

/** Returns what to call at each keystroke, and when the message is sent. */
export function useSendTyping(scope: Scope, conversation: string) {
  const state = useRef({
    told: Number.NEGATIVE_INFINITY,
    timer: undefined as ReturnType<typeof setTimeout> | undefined,
  });

  const tell = (typing: boolean) =>
    void typingPost({
      path: { workspace_id: scope.workspace, conversation_id: conversation },
      body: { state: typing ? 'typing' : 'stopped' },
    }).catch(() => undefined);

  const stop = () => {
    clearTimeout(state.current.timer);
    if (state.current.told > 0) tell(false);
    state.current.told = Number.NEGATIVE_INFINITY;
  };

  const typed = () => {
    if (isPreviewed(scope.workspace)) return;
    const now = performance.now();
    if (now - state.current.told > TYPING_REPEAT_MS) {
      state.current.told = now;
      tell(true);
    }
    clearTimeout(state.current.timer);
    state.current.timer = setTimeout(stop, TYPING_STOP_MS);
  };

  useEffect(() => () => clearTimeout(state.current.timer), []);
  return { typed, stop };
}
