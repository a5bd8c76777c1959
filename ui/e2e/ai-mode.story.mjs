// People and the AI in one conversation: it answers, somebody steps in, gives it back, and is asked for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chat, Inbox, rested } from './screens.mjs';
import { eventually, stage } from './stage.mjs';

test('people and the AI answer in one conversation', async (story) => {
  const scene = await stage(story, { agent: 'scripted' });
  const ann = await scene.signUp('Ann');
  await scene.as(ann, 'PUT', 'agent', { enabled: true, name: 'Robin' });
  const site = await scene.website(ann);
  const page = await scene.window(ann);
  const inbox = new Inbox(page, ann);
  const vera = new Chat(await scene.window());
  const banner = (title) => page.getByRole('region', { name: title });
  const answering = banner('The AI is answering this conversation');
  const delivery = 'Orders leave the next working day';
  const press = async (key) => {
    await rested(page);
    await inbox.log.focus();
    await page.keyboard.press(key);
  };
  /** The newest of what the AI wrote, as the house knows it. */
  const draft = async () => {
    const { items } = await scene.as(ann, 'GET', 'conversations');
    return (await scene.as(ann, 'GET', `conversations/${items[0].id}/mode`)).drafts[0];
  };

  await scene.chapter('the AI answers what comes in, and the thread says so', async () => {
    await inbox.open('all');
    await page.getByText('No conversations yet').waitFor();
    await vera.page.goto(site.url);
    await vera.begin('Vera Lindqvist');
    await vera.write('Hi, when do you open?');
    await inbox.row('Vera Lindqvist').click();
    await answering.waitFor();
    await vera.message('We are open Monday to Friday').waitFor();
    await inbox.message('We are open Monday to Friday').getByText('Robin', { exact: true }).waitFor();
  });

  await scene.chapter(
    'a key takes over: what it was writing stays here, and is shown (AI-001, INV-22)',
    async () => {
      // A machine may be so busy that the answer has left before the key comes: then one tries again.
      let left = 0;
      const inTime = async () => {
        await vera.write('And when will my order arrive?');
        const begun = await eventually('an answer is written', async () => {
          const newest = await draft();
          return ['streaming', 'queued'].includes(newest.state) && newest;
        });
        await press('m');
        await answering.waitFor({ state: 'detached' });
        const ended = await eventually('the answer is stopped, or gone', async () => {
          const newest = await draft();
          return (
            newest.inbound_seq === begun.inbound_seq &&
            ['suppressed', 'sent'].includes(newest.state) &&
            newest
          );
        });
        if (ended.state === 'suppressed') return true;
        left += 1;
        await press('m');
        await answering.waitFor();
        return false;
      };
      await eventually('somebody is quicker than the AI', inTime, 60_000);
      await page.getByText('Ann took over from the AI').first().waitFor();
      const stopped = page.getByRole('article').filter({ hasText: 'AI · not sent' });
      await stopped.getByText('Orders').waitFor();
      await inbox.reply('Tomorrow before noon.');
      await vera.message('Tomorrow before noon.').waitFor();
      assert.equal(await vera.message(delivery).count(), left, 'the customer never sees what was stopped');
    },
  );

  await scene.chapter('the same key gives it back, and the AI goes on', async () => {
    await press('m');
    await answering.waitFor();
    await page.getByText('Ann handed this to the AI').first().waitFor();
    await vera.write('Thanks!');
    await vera.message('With pleasure.').waitFor();
  });

  await scene.chapter(
    'it asks for a person: everybody sees it, and who answers has it (AI-003)',
    async () => {
      await vera.write('May I talk to a person?');
      await banner('The AI handed this over to a person').waitFor();
      await page.getByText('The AI asked for a person: the customer wants one').waitFor();
      await inbox.row('Vera Lindqvist').getByText('Escalated').first().waitFor();
      await inbox.reply('Here I am.');
      await vera.message('Here I am.').waitFor();
      await banner('The AI handed this over to a person').waitFor({ state: 'detached' });
    },
  );

  await scene.chapter('switched off, it is paused wherever it answered', async () => {
    await press('m');
    await answering.waitFor();
    await scene.as(ann, 'PUT', 'agent', { enabled: false });
    await page.getByText('The AI is paused for the whole workspace.').waitFor();
    await scene.as(ann, 'PUT', 'agent', { enabled: true });
    await answering.waitFor();
  });
});
