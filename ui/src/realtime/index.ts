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

/** Keeps the cache of a workspace current while mounted. To those who may not see it the stream is closed. */
export function useRealtime(scope: Scope, closed: boolean) {
  useEffect(() => {
    // The stream speaks to oneself: what it brings is not what the other person sees.
    if (closed || isPreviewed(scope.workspace)) return;
    const stop = followEvents(scope.workspace, (frame) => receive(scope, frame));
    return () => {
      stop();
      // Who listens no longer misses nothing.
      reportConnection(true);
    };
  }, [scope, closed]);
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
    case 'refused':
      // Asking who we are finds out: the answer leads to the sign-in page or to another workspace.
      return void queryClient.refetchQueries({ queryKey: meOptions.queryKey });
    case 'ready':
      if (connection.get() === 'offline') reportConnection(true);
  }
}
