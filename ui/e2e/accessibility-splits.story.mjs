// What axe finds where conversations and customers become one or two.
import { test } from 'node:test';
import { inEachLook, inspect, inspectDialog } from './axe.mjs';
import { Inbox } from './screens.mjs';
import { stage } from './stage.mjs';

test('what becomes one or two is in nobody’s way', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  const dora = await scene.arrive(ann, { name: 'Dora Fields', text: 'Where is my parcel?' });
  await scene.say(dora.token, 'And my invoice is wrong');
  const twin = await scene.arrive(ann, { name: 'Dora F.', text: 'It is me' });
  await scene.arrive(ann, { name: 'Carl Roth', text: 'Hello' });
  const split = await scene.as(ann, 'POST', `conversations/${dora.conversation}/split`, { from_seq: 2 });
  const customerOf = async ({ conversation }) =>
    (await scene.as(ann, 'GET', `conversations/${conversation}`)).customer.id;
  const [customer, other] = [await customerOf(dora), await customerOf(twin)];
  await scene.as(ann, 'POST', `customers/${other}/merge`, { into: customer });

  await inEachLook(scene, async (windowOf, say) => {
    const page = await windowOf(ann);
    const inbox = new Inbox(page, ann);
    await inbox.open('all', dora.conversation);
    await inbox.log.getByRole('button', { name: say('Join again') }).waitFor();
    await inspect(page, 'a conversation that was split');
    const message = inbox.message('And my invoice is wrong');
    await message.hover();
    await message.getByRole('button', { name: say('More about this message') }).click();
    await page.getByRole('menu').waitFor();
    await inspect(page, 'the menu of a message', '[role=menu]');
    await page.keyboard.press('Escape');
    await inbox.open('archived', split.earlier_id);
    await inbox.log.getByRole('link', { name: say('The other conversation') }).waitFor();
    await inspect(page, 'what was split off');
    await page.goto(`/w/${ann.workspace}/customers/${customer}`);
    await page.getByRole('button', { name: say('Take apart') }).waitFor();
    await inspect(page, 'a customer who was two');
    await page.getByRole('button', { name: say('Merge with another customer') }).click();
    await page.getByRole('radio', { name: 'Carl Roth' }).waitFor();
    await inspect(page, 'whom to merge with', '[role=dialog]');
    await page.getByRole('radio', { name: 'Carl Roth' }).click();
    await page.getByRole('table').waitFor();
    await inspectDialog(page, 'two customers side by side');
  });
});
