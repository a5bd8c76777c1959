// Being told: the bell, the list behind it, and how much of it one wants.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Inbox } from './screens.mjs';
import { eventually, stage } from './stage.mjs';

test('a mention rings, leads to the note, and is read (R20)', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  const bo = await scene.join(ann, 'Bo', 'member');
  const { conversation } = await scene.arrive(ann, { name: 'Abel Stone', text: 'Can I pay by invoice?' });
  const page = await scene.window(bo);
  const bell = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Notifications/ });
  const rings = bell.getByText('1 unread', { exact: true });
  const mention = (text) =>
    scene.as(ann, 'POST', `conversations/${conversation}/notes`, {
      client_id: crypto.randomUUID(),
      text: `@Bo ${text}`,
      attachments: [],
      mentions: [{ kind: 'member', id: bo.member }],
    });

  await scene.chapter('the bell counts without a reload', async () => {
    await page.goto(`/w/${bo.workspace}/customers`);
    await bell.waitFor();
    await mention('what do we say about invoices?');
    await rings.waitFor();
  });

  await scene.chapter('what it is about opens with a click, and counts as read', async () => {
    await bell.click();
    const told = page.getByRole('main').getByRole('link', { name: /mentioned you in the conversation with/ });
    await told.getByText('what do we say about invoices?').waitFor();
    await told.click();
    await new Inbox(page, bo).log.waitFor();
    assert.ok(page.url().endsWith(conversation));
    await rings.waitFor({ state: 'detached' });
  });

  await scene.chapter('the conversation stands among the mentions', async () => {
    const inbox = new Inbox(page, bo);
    await scene.arrive(ann, { name: 'Bea Hall', text: 'Hello' });
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Mentions' }).click();
    await page.getByRole('heading', { level: 1, name: 'Mentions' }).waitFor();
    await inbox.row('Abel Stone').waitFor();
    await eventually('it alone', async () => (await inbox.rows.count()) === 1);
  });

  await scene.chapter('all are read at once', async () => {
    await page.goto(`/w/${bo.workspace}/customers`);
    await bell.waitFor();
    await mention('and by card?');
    await rings.waitFor();
    await bell.click();
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    await rings.waitFor({ state: 'detached' });
    await page.getByLabel('Unread only').click();
    await page.getByRole('main').getByText('Everything is read').last().waitFor();
  });

  await scene.chapter('one chooses what one is told, and how (NOT-004)', async () => {
    await page.goto('/me/notifications');
    const choice = page.getByLabel('Somebody mentions you in a note: In the app');
    await choice.selectOption('never');
    await page.getByLabel(/^Quiet hours/).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    assert.equal(await choice.inputValue(), 'never');
    assert.equal(await page.getByLabel('Make a sound').getAttribute('aria-checked'), 'false');
    await mention('never mind');
    await page.goto(`/w/${bo.workspace}/notifications?unread=true`);
    await page.getByRole('main').getByText('Everything is read').last().waitFor();
  });
});
