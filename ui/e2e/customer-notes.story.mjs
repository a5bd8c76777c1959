// What a team knows of a customer: written with a colleague called to it and a file, found again, and counted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, stage } from './stage.mjs';

const longest = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(5);

test('notes on a customer', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  const bo = await scene.join(ann, 'Bo', 'member');
  const max = await scene.join(ann, 'Max', 'member');
  await scene.arrive(ann, { name: 'Vera Lindqvist', text: 'Is anybody there?' });
  const [{ id: conversation, customer }] = (await scene.as(ann, 'GET', 'conversations')).items;
  const page = await scene.window(ann);
  const bos = await scene.window(bo);
  const profile = `/w/${ann.workspace}/customers/${customer.id}`;
  const notes = page.getByRole('region', { name: 'Notes' });

  await scene.chapter('a note calls a colleague and carries a file', async () => {
    await page.goto(profile);
    await notes.getByRole('button', { name: 'Add a note' }).click();
    const field = notes.getByRole('textbox', { name: 'Note about the customer' });
    await field.pressSequentially('Pays by invoice, ask @B');
    await notes.getByRole('option', { name: 'Bo' }).click();
    const file = { name: 'terms.txt', mimeType: 'text/plain', buffer: Buffer.from('net 30 days') };
    await page.locator('#customer-note-files').setInputFiles(file);
    await notes.getByRole('status').filter({ hasText: /^11 / }).waitFor();
    await notes.getByRole('button', { name: 'Save' }).click();
    await notes.getByRole('link', { name: 'terms.txt' }).waitFor();
    await field.waitFor({ state: 'detached' });
  });

  await scene.chapter('who is called is led to it, and finds it by its words', async () => {
    await bos.goto(`/w/${ann.workspace}/notifications`);
    await bos.getByText('Ann mentioned you in a note on Vera Lindqvist').click();
    await bos.waitForURL(/customers\/[^/]+#/);
    await bos.locator('article[data-sought]').getByText('Pays by invoice').waitFor();
    await bos.goto(`/w/${ann.workspace}/search?q=invoice`);
    await bos.getByRole('link', { name: /Note on the customer/ }).click();
    await bos.locator('article[data-sought]').getByText('Pays by invoice').waitFor();
  });

  await scene.chapter(
    'what was noted in a conversation stands below, and a mention in it is counted',
    async () => {
      const mentions = [{ kind: 'member', id: ann.member }];
      await scene.as(bo, 'POST', `conversations/${conversation}/notes`, {
        text: 'Do call her, @Ann',
        mentions,
      });
      await notes.getByRole('article').filter({ hasText: 'Do call her' }).waitFor();
      await page.getByRole('link', { name: 'Mentions' }).filter({ hasText: '1' }).waitFor();
      await notes.getByRole('article').filter({ hasText: 'Do call her' }).getByRole('link').click();
      await page.waitForURL(`**/inbox/all/${conversation}`);
    },
  );

  await scene.chapter('comments of a task are read back page by page', async () => {
    const task = await scene.as(ann, 'POST', 'tasks', { title: 'Call Vera' });
    for (let number = 1; number <= 51; number++)
      await scene.as(max, 'POST', `tasks/${task.id}/comments`, { text: `Remark ${number}.` });
    await page.goto(`/w/${ann.workspace}/tasks/${task.id}`);
    const comments = page.getByRole('region', { name: 'Comments' });
    await comments.getByText('Remark 51.').waitFor();
    assert.equal(await comments.getByText('Remark 1.', { exact: true }).count(), 0);
    await comments.getByRole('button', { name: 'Show earlier comments' }).click();
    await comments.getByText('Remark 1.', { exact: true }).waitFor();
  });

  await scene.chapter('a very long name widens no page', async () => {
    await scene.as(ann, 'PATCH', `members/${max.member}`, { display_name: longest });
    await scene.as(max, 'PUT', `conversations/${conversation}/assignment`, { member_id: max.member });
    const phone = await scene.window(ann, { viewport: { width: 390, height: 844 } });
    const shows = {
      [`settings/members/${max.member}`]: 'h1',
      [`inbox/all/${conversation}`]: '[role=status]',
    };
    for (const window of [page, phone])
      for (const [path, where] of Object.entries(shows)) {
        await window.goto(`/w/${ann.workspace}/${path}`);
        await window.locator(where).filter({ hasText: longest }).first().waitFor();
        await eventually(`${path} is no wider than its window`, () => window.evaluate(fits));
      }
  });
});

/** Whether nothing in the page lies beyond the window's right side. */
function fits() {
  const width = document.documentElement.clientWidth;
  return [...document.querySelectorAll('main *')].every((element) => {
    const { left, right } = element.getBoundingClientRect();
    return right <= width + 1 || left === right;
  });
}
