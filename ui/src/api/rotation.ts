import { client } from './generated/client.gen';
import { codeOf, resend } from './resend';

/** By then the answer with the new cookie, if there is one, has arrived. */
const PAUSE_MS = 300;

/**
 * A session gets another token when its person's rights change. A request that was under way meanwhile may still have
 * shown the old one; it did nothing, and is sent once more with the cookie that the browser has now.
 */
client.interceptors.response.use(async (response, request, options) => {
  if (response.status !== 401 || (await codeOf(response)) !== 'unauthenticated') return response;
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  return resend(request, options);
});
