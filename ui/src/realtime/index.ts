import { focusManager } from '@tanstack/react-query';
import { useEffect } from 'react';
import {
  type ChangeEvent,
  isPreviewed,
  type NotificationCount,
  type PresenceEvent,
  type TypingEvent,
} from '@/api';
import { queryClient } from '@/app/queryClient';
import { meOptions } from '@/app/session';
import { sendWaiting } from '@/conversations/outbox';
import type { Scope } from '@/conversations/scope';
import { receiveCount } from '@/features/notifications/notifications';
import { applyChange, applyReset } from './apply';
import { connection, reportConnection } from './connection';
import { forgetEverybody, receivePresence, receiveTyping } from './live';
import { type Frame, followEvents } from './stream';

export { connection } from './connection';
export { useCustomerTyping, usePresence } from './live';

/** How often a screen without a stream is read again. */
const LOOK_MS = 60_000;

/** Keeps the cache of a workspace current while mounted. To those who may see no conversation the stream is closed. */
export function useRealtime(scope: Scope, closed: boolean) {
  useEffect(() => {
    // The stream speaks to oneself: what it brings is not what the other person sees.
    if (isPreviewed(scope.workspace)) return;
    if (closed) return lookNowAndThen();
    const stop = followEvents(scope.workspace, (frame) => receive(scope, frame));
    return () => {
      stop();
      // Who listens no longer misses nothing.
      reportConnection(true);
    };
  }, [scope, closed]);
}

/**
 * Nothing tells a window without a stream what has changed, not even that it may have one again: while somebody looks
 * at it, and whenever they come back to it, all of it is read again.
 */
function lookNowAndThen(): () => void {
  const look = () => {
    if (focusManager.isFocused()) applyReset();
  };
  const timer = setInterval(look, LOOK_MS);
  const ignoreComingBack = focusManager.subscribe(look);
  return () => {
    clearInterval(timer);
    ignoreComingBack();
  };
}

function receive(scope: Scope, frame: Frame) {
  switch (frame.event) {
    case 'up':
      sendWaiting(scope);
      return reportConnection(true);
    case 'down':
      forgetEverybody();
      return reportConnection(false);
    case 'change':
      return applyChange(scope, frame.data as ChangeEvent);
    case 'reset':
      return applyReset();
    case 'presence':
      return receivePresence(frame.data as PresenceEvent);
    case 'typing':
      return receiveTyping(frame.data as TypingEvent);
    case 'notification':
      return receiveCount(scope.workspace, (frame.data as NotificationCount).unread);
    case 'closed':
      // What is on screen may be out of sight by now. Who may still listen is listened for again.
      return applyReset();
    case 'refused':
      // Asking who we are finds out: the answer leads to the sign-in page or to another workspace.
      return void queryClient.refetchQueries({ queryKey: meOptions.queryKey });
    case 'ready':
      if (connection.get() === 'offline') reportConnection(true);
  }
}
