// No screen, dialog or menu has a violation that axe can find: in both schemes, wide and on a phone, in both languages.
import { test } from 'node:test';
import { inEachLook, inspect, inspectDialog, inspectMenus } from './axe.mjs';
import { AuditLog, Chat, Inbox } from './screens.mjs';
import { stage } from './stage.mjs';

test('every screen is free of violations', async (story) => {
  const scene = await stage(story);
  const world = await fill(scene);
  await inEachLook(scene, async (windowOf, say) => {
    await inspectDoors(await windowOf(null), world, say);
    await inspectRooms(await windowOf(world.ann), world, say);
    await inspectLocked(await windowOf(world.victor), world, say);
    await inspectWebsite(await windowOf(null), world);
  });
});

test('the sample site and the mail of a demo are free of violations', async (story) => {
  const scene = await stage(story);
  const demo = await scene.demo();
  await inEachLook(scene, async (windowOf, _, locale) => {
    const page = await windowOf(null);
    for (const address of [
      `${demo.site}/?lang=${locale}`,
      `${demo.site}/wholesale?lang=${locale}`,
      demo.mail,
    ]) {
      await page.goto(address);
      await inspect(page, address);
    }
  });
});

/** A workspace with something on every screen. */
async function fill(scene) {
  const ann = await scene.signUp('Ann');
  const victor = await scene.join(ann, 'Victor', 'viewer');
  await scene.as(ann, 'POST', 'invitations', { email: 'mo@example.com', role_key: 'member' });
  const invitation = await scene.mailed('mo@example.com', '/invite/');
  const ines = await scene.arrive(ann, {
    name: 'Inés Peña',
    email: 'ines@shop.example',
    text: 'Vi un pingüino.',
  });
  const abel = await scene.arrive(ann, { name: 'Abel Stone', text: 'Can I pay by invoice?' });
  await scene.as(ann, 'PUT', `conversations/${abel.conversation}/snooze`, {
    until: new Date(Date.now() + 86_400_000).toISOString(),
  });
  const answer = {
    client_id: crypto.randomUUID(),
    text: 'Here? See https://example.com',
    attachments: [],
    seen_seq: 1,
  };
  await scene.as(ann, 'POST', `conversations/${ines.conversation}/messages`, answer);
  await scene.say(ines.token, 'Gracias.');
  const [customer] = (await scene.as(ann, 'GET', 'customers?q=Ines')).items;
  const noted = { text: 'Ask @Ann', mentions: [{ kind: 'member', id: ann.member }] };
  await scene.as(ann, 'POST', `customers/${customer.id}/notes`, noted);
  await scene.as(ann, 'POST', `conversations/${ines.conversation}/notes`, noted);
  const [channel] = (await scene.as(ann, 'GET', 'channels')).items;
  const key = { name: 'Web shop', kind: 'workspace', scopes: ['conversation.view', 'conversation.reply'] };
  await scene.as(ann, 'POST', 'api-keys', key);
  const { id } = await scene.as(ann, 'POST', 'api-keys', { ...key, kind: 'personal' });
  await scene.as(ann, 'DELETE', `api-keys/${id}`);
  const site = await scene.website(ann);
  return { ann, victor, invitation, conversation: ines.conversation, customer, channel, site };
}

/** What stands before the workspace. */
async function inspectDoors(page, { invitation }, say) {
  for (const path of [
    'login',
    'signup',
    'reset/unknown',
    'verify/unknown',
    'setup/unknown',
    'invite/unknown',
  ]) {
    await page.goto(`/${path}`);
    await inspect(page, path);
  }
  await page.goto(`/invite/${invitation}`);
  await page.getByRole('button', { name: say('Create account and join') }).waitFor();
  await inspect(page, 'an invitation');
  await page.goto('/login');
  await page.getByLabel(say('E-mail')).fill('nobody@example.com');
  await page.getByLabel(say('Password'), { exact: true }).fill('not the right one');
  await page.getByRole('button', { name: say('Sign in') }).click();
  await page.getByRole('alert').waitFor();
  await inspect(page, 'a refused sign-in');
  await page.goto('/forgot');
  await inspect(page, 'forgot');
  await page.getByLabel(say('E-mail')).fill('nobody@example.com');
  await page.getByRole('button', { name: say('Send the link') }).click();
  await page.getByText(say('Check your mail')).waitFor();
  await inspect(page, 'a mail on its way');
}

/** The workspace, its dialogs and its menus. */
async function inspectRooms(page, { ann, conversation, customer, channel }, say) {
  const inbox = new Inbox(page, ann);
  const button = (text) => page.getByRole('button', { name: say(text), exact: true });

  await inbox.open('all');
  await inbox.row('Inés Peña').waitFor();
  await inspect(page, 'the list');
  await inspectMenus(page, 'the list');
  await inbox.open('snoozed');
  await inbox.row('Abel Stone').waitFor();
  await inspect(page, 'snoozed');
  await inbox.open('spam');
  await inspect(page, 'an empty view');
  await inbox.open('all', conversation);
  await inbox.message('Gracias.').waitFor();
  await inspect(page, 'a conversation');
  await inspectMenus(page, 'a conversation');

  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('option').first().waitFor();
  await inspect(page, 'the palette', '[role=dialog]');
  await page.keyboard.type('ines');
  await page.getByRole('dialog').getByText('Inés Peña').last().waitFor();
  await inspect(page, 'the palette with results', '[role=dialog]');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await inspectDialog(page, 'the shortcuts');
  await page.keyboard.press('s');
  await page.getByRole('menuitem', { name: say('Choose a moment…') }).click();
  await inspectDialog(page, 'a moment to snooze until');

  for (const path of [
    `customers`,
    `customers?q=nobody`,
    `search`,
    `search?q=pinguino`,
    `search?q=nothing`,
    'nowhere',
  ]) {
    await page.goto(`/w/${ann.workspace}/${path}`);
    await inspect(page, path);
  }
  await page.goto(`/w/${ann.workspace}/customers/${customer.id}`);
  await button('Edit the details').click();
  await inspectDialog(page, 'the details of a customer');
  await button('Add a note').click();
  await inspect(page, 'a customer');

  for (const path of [
    'general',
    'members',
    'channels',
    `channels/${channel.id}`,
    'api-keys',
    'audit?kind=role.deleted',
  ]) {
    await page.goto(`/w/${ann.workspace}/settings/${path}`);
    await inspect(page, path);
  }
  const log = new AuditLog(page, ann);
  await log.open();
  await log.entries.first().getByRole('button').click();
  await button('Verify').click();
  await page.getByText(say('The log is whole')).waitFor();
  await inspect(page, 'the audit log');
  await button('Export').click();
  await page.getByRole('menu').waitFor();
  await inspect(page, 'ways to take the log away', '[role=menu]');
  await page.goto(`/w/${ann.workspace}/settings/api-keys`);
  await button('New key').click();
  await inspect(page, 'a new API key', '[role=dialog]');
  await page.getByRole('dialog').getByRole('textbox').first().fill('Nightly report');
  await button('Read only').click();
  await button('Make the key').click();
  await button('I have copied it').waitFor();
  await inspectDialog(page, 'a key that is shown once');
  await page.goto(`/w/${ann.workspace}/settings/channels`);
  await button('New website chat').click();
  await inspectDialog(page, 'a new chat');
  await page.goto(`/w/${ann.workspace}/settings/members`);
  await page
    .getByRole('main')
    .getByRole('button', { name: say('Invite'), exact: true })
    .click();
  await inspectDialog(page, 'an invitation to write');

  for (const path of ['workspaces', 'me/profile', 'me/sessions', 'me/appearance', 'me/keyboard']) {
    await page.goto(`/${path}`);
    await inspect(page, path);
  }
}

/** What somebody sees who may look only. */
async function inspectLocked(page, { victor, conversation, customer }, say) {
  await new Inbox(page, victor).open('all', conversation);
  await page.getByText('Gracias.').last().waitFor();
  await inspect(page, 'a conversation to look at');
  await page
    .getByRole('button', { name: say('Why?') })
    .first()
    .click();
  await page.getByText(say('Who can change this')).waitFor();
  await inspectDialog(page, 'why it can only be looked at');
  for (const path of [
    `customers/${customer.id}`,
    'settings/general',
    'settings/channels',
    'settings/api-keys',
    'settings/members',
    'settings/audit',
  ]) {
    await page.goto(`/w/${victor.workspace}/${path}`);
    await inspect(page, `${path} to look at`);
  }
}

/** The chat on a website. Its own tests look at every state of it. */
async function inspectWebsite(page, { site }) {
  const chat = new Chat(page);
  await page.goto(site.url);
  await chat.launcher.waitFor();
  await inspect(page, 'a website');
  await chat.launcher.click();
  await chat.panel.locator('.prechat .primary').waitFor();
  await inspect(page, 'who writes');
  await chat.panel.locator('.prechat .primary').click();
  await chat.write('Hello?');
  await chat.message('Hello?').waitFor();
  await inspect(page, 'the chat');
}
