import { client } from './generated/client.gen';
import { ProblemError, toProblem } from './problem';

const signedOutListeners = new Set<() => void>();

/** Calls back when the server no longer knows the session. Returns how to stop listening. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
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
  if (
    problem instanceof ProblemError &&
    problem.status === 401 &&
    problem.code !== 'session.bad_credentials'
  ) {
    for (const listener of signedOutListeners) listener();
  }
  return problem;
});
