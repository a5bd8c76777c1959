import { client } from './generated/client.gen';
import { codeOf, resend } from './resend';

/** By then the answer that another tab got, with the new cookie, has arrived. */
const PAUSE_MS = 300;

/** The questions who one is that are under way: the answer to one of them may bring a new cookie. */
let asked: Promise<unknown> = Promise.resolve();

client.setConfig({
  fetch(request, init) {
    const answer = globalThis.fetch(request, init);
    if (request instanceof Request && new URL(request.url).pathname === '/api/v1/me')
      asked = Promise.all([asked, answer.catch(() => undefined)]);
    return answer;
  },
});

/**
 * A session gets another token when its person's rights change. A request that was under way meanwhile may still have
 * shown the old one; it did nothing, and is sent once more with the cookie that the browser has now.
 */
client.interceptors.response.use(async (response, request, options) => {
  if (response.status !== 401 || (await codeOf(response)) !== 'unauthenticated') return response;
  await Promise.all([asked, new Promise((resolve) => setTimeout(resolve, PAUSE_MS))]);
  return resend(request, options);
});
