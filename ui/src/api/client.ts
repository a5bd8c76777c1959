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

client.setConfig({ baseUrl: globalThis.location?.origin ?? '' });

client.interceptors.request.use((request) => {
  if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) {
    request.headers.set('Idempotency-Key', crypto.randomUUID());
  }
  return request;
});

client.interceptors.error.use((error, response) => {
  const problem = toProblem(error, response);
  if (problem instanceof ProblemError) {
    if (problem.status === 401 && problem.code !== 'session.bad_credentials') tell(signedOut);
    if (problem.code === 'preview.ended') tell(previewEnded);
  }
  return problem;
});

function tell(listeners: Set<Listener>) {
  for (const listener of listeners) listener();
}
