/** What a website carries: one line, from this server. */
export const widgetSnippet = (server: string, key: string): string =>
  `<script src="${server}/widget/w.js" data-key="${key}" async></script>`;

/** What a website's server does for a user who is signed in there. */
export const signingSnippet = `import { createHmac } from 'node:crypto';

const hash = createHmac('sha256', process.env.GUILDHALL_IDENTITY_SECRET)
  .update(user.id)
  .digest('hex');`;

/** What the page then tells the chat. */
export const identifySnippet = `Guildhall('identify', {
  user_id: user.id,
  hash,
  name: user.name,
  email: user.email,
});`;
