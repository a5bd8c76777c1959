import { type Http, HttpError } from './http';
import type { Session } from './session';
import type { Attachment, Config, ConversationSummary, Message, Sent } from './types';

export const PAGE = 50;
export const MAX_FILE = 25 * 1024 * 1024;
export const MAX_FILES = 10;

export type Api = ReturnType<typeof createApi>;

/** The widget API as functions. */
export function createApi(key: string, http: Http, session: Session) {
  const call = <T>(path: string, method = 'GET', body?: unknown) =>
    session.authorised((token) => http.json<T>(path, { method, body, token }));

  const messages = (conversation: string, query: string) =>
    call<{ items: Message[] }>(`conversations/${conversation}/messages?limit=${PAGE}${query}`).then(
      ({ items }) => items,
    );

  return {
    config: () => http.json<Config>(`config?key=${encodeURIComponent(key)}`),
    conversations: () =>
      call<{ items: ConversationSummary[] }>('conversations').then(({ items }) => items),
    latest: (conversation: string) => messages(conversation, ''),
    before: (conversation: string, seq: number) => messages(conversation, `&before_seq=${seq}`),
    after: (conversation: string, seq: number) => messages(conversation, `&after_seq=${seq}`),
    send: (message: { client_id: string; text: string; attachments: string[] }) =>
      call<Sent>('messages', 'POST', message),
    read: (conversation: string, seq: number) =>
      call<void>(`conversations/${conversation}/read`, 'PUT', { seq }),
    typing: (conversation: string, state: 'typing' | 'stopped') =>
      call<void>(`conversations/${conversation}/typing`, 'POST', { state }),
    download: (id: string) =>
      session.authorised(async (token) => (await http.open(`attachments/${id}`, { token })).blob()),
    events: (lastEventId: string, signal: AbortSignal) =>
      session.authorised((token) =>
        http.open('events', {
          token,
          signal,
          headers: {
            accept: 'text/event-stream',
            ...(lastEventId && { 'last-event-id': lastEventId }),
          },
        }),
      ),
    upload: (file: File, progress: (part: number) => void, signal: AbortSignal) =>
      session.authorised((token) =>
        upload(http.address(`attachments?name=${encodeURIComponent(file.name)}`), {
          file,
          token,
          progress,
          signal,
        }),
      ),
  };
}

/** XMLHttpRequest, for fetch cannot tell how much of a body has left. */
function upload(
  address: string,
  options: {
    file: File;
    token: string;
    progress: (part: number) => void;
    signal: AbortSignal;
  },
): Promise<Attachment> {
  const { file, token, progress, signal } = options;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.responseType = 'json';
    request.setRequestHeader('authorization', `Visitor ${token}`);
    // The server looks at the content; what the browser makes of the name says little.
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => progress(loaded / total);
    request.onload = () =>
      request.status < 300
        ? resolve(request.response)
        : reject(new HttpError(request.status, request.response ?? {}));
    request.onerror = request.onabort = () => reject(new HttpError(0));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
