// How answers leave: from a ready one, held for a moment and taken back, later, and with what becomes of the
// conversation after them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Inbox, rested } from './screens.mjs';
import { eventually, stage } from './stage.mjs';

test('answers leave when and as they are meant to', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  const guests = {};
  for (const name of ['Dora Fields', 'Carl Roth'])
    guests[name] = await scene.arrive(ann, { name, text: `${name} has a question` });
  const page = await scene.window(ann);
  const inbox = new Inbox(page, ann);
  const { conversation, token } = guests['Dora Fields'];
  const told = async () => {
    const url = `/widget/v1/conversations/${conversation}/messages`;
    const { body } = await scene.call('GET', url, undefined, { authorization: `Visitor ${token}` });
    return body.items.map((message) => message.text);
  };

  await scene.chapter(
    'a ready answer is filled in, and what is missing has to be written first',
    async () => {
      const text = 'Hello {{customer.first_name}}, your order {{order.number}} left today.';
      await scene.as(ann, 'POST', 'canned-responses', {
        ...{ shortcut: 'left', title: 'Order left', text, scope: 'workspace' },
      });
      await inbox.open('all', conversation);
      await inbox.message('has a question').waitFor();
      await inbox.field.pressSequentially('/lef');
      const list = page.getByRole('listbox', { name: 'Ready answers' });
      await list.getByText('Hello Dora, your order').waitFor();
      await page.keyboard.press('Enter');
      await page.getByText('Still to fill in:').waitFor();
      await inbox.field.press('Control+Enter');
      await page.getByRole('button', { name: /^Send/, disabled: true }).first().waitFor();
      // The variable is marked: what one types takes its place.
      await page.keyboard.type('4471');
      const filled = 'Hello Dora, your order 4471 left today.';
      await eventually('it is filled in', async () => (await inbox.field.inputValue()) === filled);
      await inbox.field.press('Control+Enter');
      await inbox.message('4471').getByText('Sent', { exact: true }).waitFor();
      const [canned] = (await scene.as(ann, 'GET', 'canned-responses')).items;
      assert.equal(canned.usage_count, 1);
    },
  );

  await scene.chapter('while it is held an answer is taken back, and nobody has seen it', async () => {
    await scene.as(ann, 'PATCH', 'inbox-settings', { send_hold_seconds: 30 });
    await inbox.reply('It will never arrive.');
    await inbox
      .message('It will never arrive.')
      .getByText(/^Sending in/)
      .waitFor();
    await rested(page);
    await inbox.log.focus();
    await page.keyboard.press('z');
    await eventually(
      'the text is back',
      async () => (await inbox.field.inputValue()) === 'It will never arrive.',
    );
    await inbox.message('It will never arrive.').waitFor({ state: 'detached' });
    assert.deepEqual(await told(), ['Dora Fields has a question', 'Hello Dora, your order 4471 left today.']);
    await scene.as(ann, 'PATCH', 'inbox-settings', { send_hold_seconds: 0 });
  });

  await scene.chapter(
    'an answer for tomorrow stands beside the conversation, and can be called off',
    async () => {
      await inbox.field.fill('Did it arrive?');
      await page.getByRole('button', { name: 'More ways to send' }).click();
      await page.getByRole('menuitem', { name: 'Send later…' }).click();
      await page.getByRole('dialog').getByLabel('When').fill('tomorrow at 10');
      await page.getByRole('dialog').getByRole('button', { name: 'Schedule' }).click();
      const waiting = page.getByRole('list', { name: 'Waiting to be sent' });
      await waiting.getByText('Did it arrive?').waitFor();
      assert.equal((await told()).length, 2);
      await waiting.getByRole('button', { name: 'Call off' }).click();
      await waiting.waitFor({ state: 'hidden' });
      await eventually('the text is back', async () => (await inbox.field.inputValue()) === 'Did it arrive?');
    },
  );

  await scene.chapter('an answer goes, and its conversation rests until a moment in words', async () => {
    await page.getByRole('button', { name: 'More ways to send' }).click();
    await page.getByRole('menuitem', { name: 'Send and snooze…' }).click();
    await page.getByRole('dialog').getByLabel('When').fill('in two hours');
    await page.getByRole('dialog').getByRole('button', { name: 'Send and snooze' }).click();
    await inbox.view('Snoozed 1').waitFor();
    assert.equal((await told()).at(-1), 'Did it arrive?');
  });

  await scene.chapter('a note is changed and deleted by its author', async () => {
    await inbox.open('all', guests['Carl Roth'].conversation);
    await inbox.message('has a question').waitFor();
    await inbox.log.focus();
    await page.keyboard.press('n');
    await page.keyboard.type('Call him.');
    await page.keyboard.press('Control+Enter');
    await inbox.message('Call him.').getByRole('button', { name: 'Edit note' }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit note' });
    await dialog.getByLabel('Note').fill('Call him on Monday.');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await inbox.message('Call him on Monday.').getByText('edited').waitFor();
    await inbox.message('Call him on Monday.').getByRole('button', { name: 'Delete note' }).click();
    await inbox.message('This note was deleted').waitFor();
  });
});
