import { client } from './generated/client.gen';
import { codeOf, resend } from './resend';

/** Has the person prove again who they are; false when they would rather not. */
type Confirm = () => Promise<boolean>;

let confirm: Confirm = async () => false;
let pending: Promise<boolean> | undefined;

/** Says who asks the person. Several requests that wait at once ask one time. */
export function confirmWith(ask: Confirm) {
  confirm = ask;
}

/**
 * Some rights need a fresh proof of who one is. A request that is refused for the lack of it is sent again once the
 * person has given it, so that no screen has to know which rights those are.
 */
client.interceptors.response.use(async (response, request, options) => {
  if (response.status !== 403 || (await codeOf(response)) !== 'session.confirmation_required')
    return response;
  pending ??= confirm().finally(() => {
    pending = undefined;
  });
  if (!(await pending)) return response;
  return resend(request, options);
});
