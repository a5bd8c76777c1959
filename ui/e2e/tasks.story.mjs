// Tasks: written in one line, done with a click, given to a light seat, seen as a week.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stage } from './stage.mjs';

test('what was promised is written down, given on and done', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  const cleo = await scene.join(ann, 'Cleo', 'collaborator', 'collaborator');
  const { conversation } = await scene.arrive(ann, { name: 'Abel Stone', text: 'Can I pay by invoice?' });
  const page = await scene.window(ann);
  const main = page.getByRole('main');
  const task = (title) => main.getByRole('listitem').filter({ hasText: title });
  const open = () => page.goto(`/w/${ann.workspace}/tasks`);

  await scene.chapter('the date is read from the words', async () => {
    await open();
    await main.getByText('Nothing to do here').waitFor();
    await page.getByLabel('New task').fill('Call Abel tomorrow 9am');
    await main.getByRole('status').getByText('“Call Abel” is due').waitFor();
    await page.keyboard.press('Enter');
    await task('Call Abel').getByText('Tomorrow 9:00 AM').waitFor();
    await page.getByLabel('New task').fill('Tidy up');
    await page.keyboard.press('Enter');
    await main.getByRole('region', { name: 'No date' }).getByText('Tidy up').waitFor();
  });

  await scene.chapter('a week shows it on its day', async () => {
    await page.getByRole('button', { name: 'As a week' }).click();
    const day = new Date(Date.now() + 86_400_000);
    if (day.getDay() === 1) await page.getByRole('button', { name: 'The week after' }).click();
    await main.getByRole('link', { name: /Call Abel/ }).waitFor();
    await page.getByRole('button', { name: 'As a list' }).click();
  });

  await scene.chapter('done is done at once, and can be looked up', async () => {
    await page.getByRole('checkbox', { name: 'Done: Tidy up' }).click();
    await page.getByText('“Tidy up” is done', { exact: true }).waitFor();
    await task('Tidy up').waitFor({ state: 'detached' });
    await page.getByLabel('Done ones').click();
    await task('Tidy up').waitFor();
  });

  await scene.chapter('a light seat has tasks and comments on them', async () => {
    const body = { title: 'Check the invoice', assignee_id: cleo.member };
    const { id } = await scene.as(ann, 'POST', 'tasks', body);
    const cleoPage = await scene.window(cleo);
    await cleoPage.goto(`/w/${cleo.workspace}/tasks`);
    await cleoPage.getByRole('main').getByRole('link', { name: 'Check the invoice' }).click();
    const dialog = cleoPage.getByRole('dialog');
    await dialog.getByLabel('New comment').fill('It was sent in May.');
    await dialog.getByRole('button', { name: 'Comment' }).click();
    await dialog.getByRole('listitem').getByText('It was sent in May.').waitFor();
    const { items } = await scene.as(ann, 'GET', `tasks/${id}/comments`);
    assert.equal(items[0].author.id, cleo.member);
  });

  await scene.chapter('with the task its conversation can be closed', async () => {
    await scene.as(ann, 'POST', 'tasks', {
      title: 'Send the invoice',
      assignee_id: ann.member,
      conversation_id: conversation,
    });
    await open();
    await page.getByRole('checkbox', { name: 'Done: Send the invoice' }).click();
    await page.getByRole('button', { name: 'Close the conversation with Abel Stone' }).click();
    await page.goto(`/w/${ann.workspace}/inbox/done`);
    await page.getByRole('link', { name: 'Abel Stone', exact: true }).waitFor();
  });
});
