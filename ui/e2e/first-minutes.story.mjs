// The first minutes: from nothing to a team that talks with a visitor of its website, and the ways back in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chat, Inbox } from './screens.mjs';
import { password, stage } from './stage.mjs';

test('the first start prints a link, and who opens it owns the server', async (story) => {
  const scene = await stage(story, { signUp: 'invited' });
  const [link] = scene.server.printed.match(/http:\S+\/setup\/\S+/) ?? [];
  const stranger = await scene.window();
  await stranger.goto('/signup');
  await stranger.getByText('Open the one-time link that it printed when it started.').waitFor();

  const owner = await scene.window();
  await owner.goto(link);
  await fillAccount(owner, { name: 'Ann', email: 'ann@example.com' });
  await owner.getByRole('button', { name: 'Create the owner’s account' }).click();
  await owner.getByRole('button', { name: "Ann's Workspace Owner" }).waitFor();

  await stranger.goto(link);
  await stranger.getByRole('heading', { name: 'This server has an owner' }).waitFor();
  await stranger.goto('/signup');
  await stranger.getByText('On this server one joins by invitation.').waitFor();
});

test('from signing up to a team at work', async (story) => {
  const scene = await stage(story);
  const ann = await scene.window();
  const bo = await scene.window();
  let snippet = '';
  const site = await scene.publish(() => snippet);
  const vera = new Chat(await scene.window());
  let home;

  await scene.chapter(
    'signing up makes a workspace that is usable at once (WS-008, WS-009, WS-010)',
    async () => {
      await ann.goto('/');
      await ann.getByRole('link', { name: 'Create an account' }).click();
      await fillAccount(ann, { name: 'Ann', email: 'ann@example.com' });
      await ann.getByRole('button', { name: 'Create account' }).click();
      await ann.getByRole('heading', { name: 'All open' }).waitFor();
      await switcher(ann, "Ann's Workspace").waitFor();
      home = new URL(ann.url()).pathname.split('/')[2];
    },
  );

  await scene.chapter('the first steps lead to the chat, and tick themselves off', async () => {
    await firstStep(ann, 'Put the chat on your website');
    await ann
      .getByRole('main')
      .getByRole('link', { name: /Website/ })
      .click();
    await ann.getByText('Not installed yet').waitFor();
    snippet = await ann.locator('pre', { hasText: 'w.js' }).textContent();
    await ann.getByLabel('Web addresses').fill(site);
    await ann.getByRole('button', { name: 'Save', exact: true }).click();
    await ann.getByText('Unsaved changes').waitFor({ state: 'hidden' });
    await vera.page.goto(site);
    await vera.begin('Vera Lindqvist');
    await vera.write('Is anybody there?');
    await ann.getByText('Last shown on a website').waitFor();
    await seeStep(ann, 'Put the chat on your website (done)');
    await seeStep(ann, 'Answer a conversation');

    await firstStep(ann, 'Answer a conversation');
    const inbox = new Inbox(ann);
    await inbox.row('Vera Lindqvist').click();
    await inbox.reply('We are.');
    await vera.message('We are.').waitFor();
    await seeStep(ann, 'Answer a conversation (done)');

    const token = await scene.mailed('ann@example.com', '/verify/');
    await ann.goto(`/verify/${token}`);
    await ann.getByRole('heading', { name: 'Your address is verified' }).waitFor();
    await ann.getByRole('link', { name: 'Continue' }).click();
    await seeStep(ann, 'Confirm your e-mail address (done)');
  });

  await scene.chapter(
    'a second workspace is a name away, and the menu switches (WS-011 … WS-015, UX-005, UX-007)',
    async () => {
      await switcher(ann, "Ann's Workspace").click();
      await ann.getByRole('menuitem', { name: 'Create a workspace…' }).click();
      const create = ann.getByRole('dialog', { name: 'Create a workspace' });
      await create.getByRole('button', { name: 'Create' }).click();
      await create.locator('input:invalid').waitFor();
      await create.getByLabel('Name').fill('Pear Orchard');
      await create.getByRole('button', { name: 'Create' }).click();
      await switcher(ann, 'Pear Orchard').waitFor();
      await ann.getByText('No conversations yet').waitFor();
      assert.notEqual(new URL(ann.url()).pathname.split('/')[2], home);
      await ann.reload();

      await switcher(ann, 'Pear Orchard').click();
      await ann.getByRole('menuitemradio', { name: "Ann's Workspace" }).click();
      await new Inbox(ann).row('Vera Lindqvist').waitFor();
      assert.equal(new URL(ann.url()).pathname.split('/')[2], home);
    },
  );

  await scene.chapter('a colleague invited by mail joins in another browser', async () => {
    await firstStep(ann, 'Invite a colleague');
    await ann.getByRole('button', { name: 'Invite', exact: true }).click();
    const invite = ann.getByRole('dialog', { name: 'Invite colleagues' });
    await invite.getByLabel('E-mail addresses').fill('bo@example.com');
    await invite.getByLabel('Role').selectOption({ label: 'Member' });
    await invite.getByRole('button', { name: 'Send invitation' }).click();
    await ann.getByText('Invitation sent', { exact: true }).waitFor();
    await ann.getByRole('link', { name: 'Invitations 1' }).click();
    await ann.getByRole('row', { name: /bo@example\.com/ }).waitFor();

    await bo.goto(`/invite/${await scene.mailed('bo@example.com', '/invite/')}`);
    await bo.getByText('Ann invites you as Member.').waitFor();
    assert.equal(await bo.getByLabel('E-mail').getAttribute('readonly'), '');
    await fillAccount(bo, { name: 'Bo' });
    await bo.getByRole('button', { name: 'Create account and join' }).click();
    await new Inbox(bo).row('Vera Lindqvist').waitFor();
    // Ann's page notices by itself: the invitation is a member now, and the list of first steps is done with.
    await ann.getByText('No invitation waits for an answer').waitFor();
    await ann.getByRole('link', { name: 'People 2' }).click();
    await ann.getByRole('row', { name: /bo@example\.com/ }).waitFor();
    await ann.getByRole('button', { name: /Finish setting up/ }).waitFor({ state: 'detached' });
  });

  await scene.chapter('ending a session closes the application in that browser', async () => {
    const elsewhere = await scene.window();
    await signIn(elsewhere, 'ann@example.com', password);
    await elsewhere.getByRole('link', { name: /Ann's Workspace/ }).click();
    await new Inbox(elsewhere).row('Vera Lindqvist').waitFor();
    await accountMenu(ann, 'Sessions');
    await ann.getByText('This device').waitFor();
    await ann.getByRole('button', { name: /^End the session on/ }).click();
    await elsewhere.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.match(new URL(elsewhere.url()).search, /next=/);
    await ann.getByRole('button', { name: /^End the session on/ }).waitFor({ state: 'detached' });
  });

  await scene.chapter(
    'signing out leaves nothing behind, and a forgotten password is replaced by mail',
    async () => {
      await ann.goto(`/w/${home}/inbox/all`);
      await accountMenu(ann, 'Sign out');
      await ann.getByRole('heading', { name: 'Sign in' }).waitFor();
      await ann.goto(`/w/${home}/inbox/all`);
      await ann.getByRole('heading', { name: 'Sign in' }).waitFor();
      await ann.getByRole('link', { name: 'Forgot your password?' }).click();
      await ann.getByLabel('E-mail').fill('ann@example.com');
      await ann.getByRole('button', { name: 'Send the link' }).click();
      await ann.getByText('Check your mail').waitFor();

      const token = await scene.mailed('ann@example.com', '/reset/');
      await ann.goto(`/reset/${token}`);
      await ann.getByLabel('New password').fill('eight loud lanterns');
      await ann.getByRole('button', { name: 'Change password' }).click();
      await ann.getByRole('heading', { name: 'Your password is changed' }).waitFor();
      await signIn(ann, 'ann@example.com', password);
      await ann.getByRole('alert').waitFor();
      await signIn(ann, 'ann@example.com', 'eight loud lanterns');
      await new Inbox(ann).row('Vera Lindqvist').waitFor();
    },
  );
});

async function fillAccount(page, { name, email }) {
  await page.getByLabel('Your name').fill(name);
  if (email) await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
}

async function signIn(page, email, secret) {
  await page.goto('/login');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const switcher = (page, name) => page.getByRole('button', { name: new RegExp(`^${name}.*Workspaces$`) });

async function accountMenu(page, item) {
  await page.getByRole('button', { name: /Your account$/ }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function openFirstSteps(page) {
  await page.getByRole('button', { name: /^Finish setting up/ }).click();
  return page.getByRole('dialog', { name: 'Finish setting up' });
}

/** Follows one of the first steps. */
async function firstStep(page, name) {
  const steps = await openFirstSteps(page);
  await steps.getByRole('link', { name }).click();
  await steps.waitFor({ state: 'hidden' });
}

/** Waits until the list of first steps shows one as it is named here. */
async function seeStep(page, name) {
  const steps = await openFirstSteps(page);
  await steps.getByRole('link', { name, exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await steps.waitFor({ state: 'hidden' });
}
