// What are two matters becomes two conversations, what is one matter one again, and what is one person one customer.
import { test } from 'node:test';
import { Inbox } from './screens.mjs';
import { stage } from './stage.mjs';

test('one that becomes two, and two that become one', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  const bo = await scene.join(ann, 'Bo', 'member');
  const dora = await scene.arrive(ann, { name: 'Dora Fields', text: 'Where is my parcel?' });
  await scene.say(dora.token, 'And my invoice is wrong');
  await scene.arrive(ann, { name: 'Carl Roth', email: 'carl@example.com', text: 'Carl writes' });
  await scene.arrive(ann, { name: 'Karl Roth', text: 'Karl writes' });
  const [anns, bos] = await Promise.all(
    [ann, bo].map(async (person) => {
      const inbox = new Inbox(await scene.window(person), person);
      await inbox.open('all', dora.conversation);
      await inbox.message('And my invoice is wrong').waitFor();
      return inbox;
    }),
  );
  const parcel = (inbox) => inbox.message('Where is my parcel?');
  const split = async (inbox) => {
    const invoice = inbox.message('And my invoice is wrong');
    await invoice.hover();
    await invoice.getByRole('button', { name: 'More about this message' }).click();
    await inbox.page.getByRole('menuitem', { name: 'Start a new conversation here' }).click();
    await Promise.all([anns, bos].map((inbox) => parcel(inbox).waitFor({ state: 'detached' })));
  };

  await scene.chapter('a conversation is split at a message, in every window', async () => {
    await split(anns);
    await bos.log.getByText('Ann split this conversation here').waitFor();
    const panel = anns.page.getByRole('region', { name: 'Conversations', exact: true });
    await panel.getByRole('link', { name: /Where is my parcel\?/ }).waitFor();
    await anns.log.getByRole('link', { name: 'What came before' }).click();
    await parcel(anns).waitFor();
    await anns.log.getByText('Ann split this conversation: it goes on in another one').waitFor();
    await anns.log.getByRole('link', { name: 'The other conversation' }).click();
    await anns.message('And my invoice is wrong').waitFor();
  });

  await scene.chapter(
    'it is joined again, and a split that was a mistake is taken back at once',
    async () => {
      await bos.log.getByRole('button', { name: 'Join again' }).click();
      await Promise.all([anns, bos].map((inbox) => parcel(inbox).waitFor()));
      await split(bos);
      await bos.page.getByRole('button', { name: /^Undo/ }).click();
      await Promise.all([anns, bos].map((inbox) => parcel(inbox).waitFor()));
      await parcel(anns).hover();
      await parcel(anns).getByRole('button', { name: 'More about this message' }).click();
      const item = anns.page.getByRole('menuitem', { name: 'Start a new conversation here' });
      await item.getByText('Nothing was said before this.').waitFor();
      await anns.page.keyboard.press('Escape');
    },
  );

  await scene.chapter('conversations that were merged say so and are taken apart in the thread', async () => {
    await split(anns);
    await anns.page.getByRole('button', { name: 'More actions' }).click();
    await anns.page.getByRole('menuitem', { name: /^Merge with another conversation/ }).click();
    const dialog = anns.page.getByRole('dialog');
    await dialog.getByRole('radio').first().click();
    await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
    await parcel(anns).waitFor();
    await anns.log.getByText('Ann merged another conversation into this one').waitFor();
    await anns.log.getByRole('button', { name: 'Take apart' }).click();
    await anns.log.getByText('Ann merged another conversation into this one').waitFor({ state: 'detached' });
  });

  await scene.chapter('two customers are compared, become one, and are taken apart', async () => {
    const { page } = anns;
    await page.goto(`/w/${ann.workspace}/customers`);
    await page.getByRole('link', { name: 'Carl Roth' }).click();
    await page.getByRole('button', { name: 'Merge with another customer' }).click();
    const dialog = page.getByRole('dialog', { name: 'Merge with another customer' });
    await dialog.getByRole('searchbox', { name: 'Search customers' }).fill('Karl');
    await dialog.getByRole('radio', { name: 'Dora Fields' }).waitFor({ state: 'detached' });
    await dialog.getByRole('radio', { name: 'Karl Roth' }).click();
    await dialog.getByRole('cell', { name: 'carl@example.com' }).waitFor();
    await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
    const conversations = page.getByRole('region', { name: 'Conversations', exact: true });
    await conversations.getByRole('link', { name: /Karl writes/ }).waitFor();
    const merged = page.getByRole('region', { name: 'Merged customers' });
    await merged.getByRole('button', { name: 'Take apart' }).click();
    await conversations.getByRole('link', { name: /Karl writes/ }).waitFor({ state: 'detached' });
    await conversations.getByRole('link', { name: /Carl writes/ }).waitFor();
  });
});
