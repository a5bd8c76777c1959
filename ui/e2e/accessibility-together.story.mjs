// What axe finds where a team works together: notes and mentions, ready answers, hand-overs, labels, many at once.
import { test } from 'node:test';
import { inEachLook, inspect, inspectDialog, inspectMenus } from './axe.mjs';
import { Inbox, rested } from './screens.mjs';
import { stage } from './stage.mjs';

test('where a team works together nothing is in the way of anybody', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  const bo = await scene.join(ann, 'Bo', 'member');
  const guests = [];
  for (const name of ['Dora Fields', 'Carl Roth'])
    guests.push(await scene.arrive(ann, { name, text: `${name} has a question` }));
  const [{ conversation }, { conversation: other }] = guests;
  const about = (door) => `conversations/${conversation}/${door}`;
  const hello = { shortcut: 'hello', title: 'Greeting', text: 'Hello {{order.number}}', scope: 'workspace' };
  await scene.as(ann, 'POST', 'canned-responses', hello);
  await scene.as(ann, 'POST', 'saved-searches', { name: 'Mine', shared: false, filter: {} });
  await scene.as(ann, 'POST', about('notes'), { text: 'Ask **her** first:\n- when\n- `why`' });
  const [label] = (await scene.as(ann, 'GET', 'labels')).items;
  await scene.as(ann, 'PUT', about(`labels/${label.id}`));
  const send_at = new Date(Date.now() + 86_400_000).toISOString();
  await scene.as(ann, 'POST', about('scheduled-messages'), { text: 'Did it arrive?', send_at });
  const note = { context: 'She ordered two', next: 'Send one more' };
  await scene.as(ann, 'POST', `conversations/${other}/handovers`, { to: { member_id: bo.member }, note });

  await inEachLook(scene, async (windowOf, say) => {
    const page = await windowOf(ann);
    const inbox = new Inbox(page, ann);
    const press = (keys) => page.keyboard.press(keys);
    const toThread = async () => {
      await rested(page);
      await inbox.log.focus();
    };

    await inbox.open('all', conversation);
    await inbox.message('Ask her first').waitFor();
    await page.getByText('Did it arrive?').first().waitFor();
    await inspect(page, 'a conversation with a note, a label and an answer for later');
    await inspectMenus(page, 'it');
    await inbox.field.fill('/');
    await inbox.field.press('h');
    await page.getByRole('listbox').getByRole('option').first().waitFor();
    await inspect(page, 'ready answers');
    await press('Enter');
    await page.getByText(say('Still to fill in:')).waitFor();
    await inspect(page, 'an answer with something missing');
    await inbox.field.fill('');
    await page.getByRole('button', { name: say('Note'), exact: true }).click();
    await inbox.note.fill('@');
    await inbox.note.press('B');
    await page.getByRole('listbox').getByRole('option').first().waitFor();
    await inspect(page, 'mentions');
    await press('Enter');
    await inbox.note.fill('4111 1111 1111 1111');
    await page
      .getByText(say('This looks like a card number. Notes are kept; better leave it out.'))
      .waitFor();
    await inspect(page, 'a note that gives something away');
    await inbox.note.fill('');

    await toThread();
    await press('h');
    await inspectDialog(page, 'a hand-over to write');
    await toThread();
    await press('a');
    await page.getByRole('menuitem').last().click();
    await inspectDialog(page, 'why somebody has it');
    await toThread();
    await press('.');
    await page.getByRole('menuitem', { name: say('Merge with another conversation…') }).click();
    await inspectDialog(page, 'a merge');
    await inbox
      .message('Ask')
      .getByRole('button', { name: say('Edit note') })
      .click();
    await inspectDialog(page, 'a note to change');

    const bos = new Inbox(await windowOf(bo), bo);
    await bos.open('all', other);
    await bos.page
      .getByRole('region', { name: say('Hand-over') })
      .getByRole('button')
      .first()
      .waitFor();
    await inspect(bos.page, 'a hand-over to answer');
    await bos.page.getByRole('button', { name: say('Decline') }).click();
    await inspectDialog(bos.page, 'a reason to decline');

    await inbox.open('all');
    await inbox.rows.first().waitFor();
    await page.getByRole('checkbox', { name: say('Select all that are loaded') }).click();
    await page.getByRole('toolbar').waitFor();
    await inspect(page, 'several selected');
    await inspectMenus(page, 'several selected');
    await page.getByRole('button', { name: say('Clear the selection') }).click();
    await page.getByRole('button', { name: say('Sort and filter') }).click();
    await page.getByRole('menuitem', { name: say('Save this view…') }).click();
    await inspectDialog(page, 'a view to save');
    await page.context().close();
    await bos.page.context().close();
  });
});
