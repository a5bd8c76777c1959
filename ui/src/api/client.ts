import { client } from './generated/client.gen';
import { ProblemError, toProblem } from './problem';

type Listener = () => void;

const signedOut = new Set<Listener>();
const previewEnded = new Set<Listener>();

/** Calls back when the server no longer knows the session. Returns how to stop listening. */
export const onSignedOut = (listener: Listener) => listen(signedOut, listener);

/** Calls back when the server no longer knows the preview of this page. Returns how to stop listening. */
export const onPreviewEnded = (listener: Listener) => listen(previewEnded, listener);

function listen(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Sessions that began on this page, and in which of them a request was made. */
let sessions = 0;
const madeIn = new WeakMap<Request, number>();

/** Somebody signed in: what was asked before and is refused only now says nothing about the session there is. */
export function sessionBegan() {
  sessions += 1;
}

client.setConfig({ baseUrl: globalThis.location?.origin ?? '' });

client.interceptors.request.use((request) => {
  if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) {
    request.headers.set('Idempotency-Key', crypto.randomUUID());
  }
  madeIn.set(request, sessions);
  return request;
});

client.interceptors.error.use((error, response, request) => {
  const problem = toProblem(error, response);
  if (problem instanceof ProblemError) {
    const ended = problem.status === 401 && problem.code !== 'session.bad_credentials';
    if (ended && madeIn.get(request) === sessions) tell(signedOut);
    if (problem.code === 'preview.ended') tell(previewEnded);
  }
  return problem;
});

function tell(listeners: Set<Listener>) {
  for (const listener of listeners) listener();
}
