// The main job: a visitor writes on a website, colleagues see it arrive and answer, the visitor reads the answer, and
// the server may die meanwhile. Ann and Bo sit in the inbox, Vera on the website.
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Chat, Inbox } from './screens.mjs';
import { eventually, stage } from './stage.mjs';

const guests = 'Do you have a table for six?';

test('the main job, from the website to the inbox and back', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  const bo = await scene.join(ann, 'Bo', 'member');
  const site = await scene.website(ann);
  const inboxOf = async (person) => new Inbox(await scene.window(person, { acceptDownloads: true }), person);
  const anns = await inboxOf(ann);
  const bos = await inboxOf(bo);
  const vera = new Chat(await scene.window(null));
  const said = [];
  let id;

  /** Everything said so far stands once, in this order, in the database and before everybody's eyes. */
  async function everythingStandsOnce() {
    const { items } = await scene.as(ann, 'GET', `conversations/${id}/messages?limit=100`);
    const told = items.sort((a, b) => a.seq - b.seq).map((message) => message.text);
    assert.deepEqual(told, said);
    const screens = { Ann: anns.messages, Bo: bos.messages, Vera: vera.messages };
    for (const [name, messages] of Object.entries(screens)) {
      const shows = async () => {
        const texts = await messages.allInnerTexts();
        return texts.length === said.length && texts.every((text, at) => text.includes(said[at]));
      };
      await eventually(`${name} sees each message once and in order`, shows);
    }
  }

  await scene.chapter('a message arrives live in both inboxes, unread and counted', async () => {
    await Promise.all([anns.open('all'), bos.open('unassigned')]);
    await Promise.all([anns, bos].map((inbox) => inbox.page.getByText('No conversations yet').waitFor()));
    await vera.page.goto(site.url);
    assert.notEqual(new URL(site.url).origin, scene.origin);
    await vera.begin('Vera Lindqvist');
    await vera.write(guests);
    said.push(guests);
    for (const inbox of [anns, bos]) {
      const row = inbox.row('Vera Lindqvist');
      await row.getByText(guests).waitFor();
      await row.getByText('1 unread').waitFor();
      await inbox.view('Unassigned 1').waitFor();
      await inbox.view('All open 1').waitFor();
      await inbox.page.getByText('1 conversation · 1 unread').waitFor();
    }
    id = (await scene.as(ann, 'GET', 'conversations')).items[0].id;
  });

  await scene.chapter('colleagues see who is viewing and who is replying', async () => {
    await anns.row('Vera Lindqvist').click();
    await anns.message(guests).waitFor();
    await bos.row('Vera Lindqvist').click();
    await bos.presence.getByText('Ann is viewing').waitFor();
    await anns.presence.getByText('Bo is viewing').waitFor();
    await bos.field.pressSequentially('Yes');
    await anns.presence.getByText('Bo is replying…').waitFor();
    await anns.row('Vera Lindqvist').getByText('Bo is replying…').waitFor();
    // Who begins to answer takes the conversation.
    await anns.page.getByRole('button', { name: 'Bo', exact: true }).waitFor();
    await bos.view('Assigned to me 1').waitFor();
  });

  await scene.chapter(
    'the answer waits as a number on the closed chat, and its author sees it read',
    async () => {
      await vera.panel.getByRole('button', { name: 'Close chat' }).click();
      await vera.panel.waitFor({ state: 'hidden' });
      await bos.reply('Yes, at eight.');
      said.push('Yes, at eight.');
      await eventually('the number', async () => (await vera.badge.textContent()) === '1');
      await bos.message('Yes, at eight.').getByText('Delivered').waitFor();
      await anns.message('Yes, at eight.').waitFor();
      await vera.launcher.click();
      await vera.message('Yes, at eight.').waitFor();
      await bos.message('Yes, at eight.').getByText('Seen').waitFor();
      await anns.message('Yes, at eight.').getByText('Seen').waitFor();
      assert.equal(await vera.badge.textContent(), '');
      await vera.log.getByText('Read').waitFor();
    },
  );

  await scene.chapter('each side sees the other typing', async () => {
    await vera.field.pressSequentially('And');
    await anns.log.getByText('Vera Lindqvist is typing').waitFor();
    await anns.row('Vera Lindqvist').getByText('typing…').waitFor();
    await vera.field.fill('');
    await bos.field.pressSequentially('Just');
    await vera.panel.getByText('Bo is typing').waitFor();
    await bos.field.fill('');
  });

  await scene.chapter(
    'of two answers at once the slower is refused, shows the other, and goes after it',
    async () => {
      await vera.write('Is there a garden?');
      said.push('Is there a garden?');
      await Promise.all([anns, bos].map((inbox) => inbox.message('Is there a garden?').waitFor()));
      const ahead = await held(bos.page, `**/conversations/${id}/messages`);
      await bos.reply('There is a terrace.');
      await ahead.arrived;
      await anns.reply('A large one.');
      said.push('A large one.');
      await vera.message('A large one.').waitFor();
      ahead.release();

      await bos.stale.getByText('Ann replied meanwhile. Your reply was not sent.').waitFor();
      await bos.stale.getByText('A large one.').waitFor();
      await bos.stale.getByText('There is a terrace.').waitFor();
      assert.equal(await vera.message('There is a terrace.').count(), 0);
      await bos.stale.getByRole('button', { name: 'Edit' }).click();
      await eventually(
        'the text is back',
        async () => (await bos.field.inputValue()) === 'There is a terrace.',
      );
      await bos.reply('And a terrace.');
      said.push('And a terrace.');
      await vera.message('And a terrace.').waitFor();
      await everythingStandsOnce();
    },
  );

  await scene.chapter('files go both ways', async () => {
    const menu = { name: 'menu.txt', mimeType: 'text/plain', buffer: Buffer.from('Soup, bread, pears') };
    await bos.files.setInputFiles(menu);
    await bos.page.getByRole('button', { name: 'Remove menu.txt' }).waitFor();
    await bos.page.getByText('Uploading…').waitFor({ state: 'hidden' });
    await bos.reply('Our menu:');
    said.push('Our menu:');
    const card = vera.log.getByRole('button', { name: /menu\.txt/ });
    assert.equal(await contentOf(vera.page, card), 'Soup, bread, pears');

    await vera.panel
      .locator('input[type=file]')
      .setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('Six chairs') });
    await vera.panel.getByText('plan.txt attached').waitFor();
    await vera.write('How we sit:');
    said.push('How we sit:');
    const link = anns.log.getByRole('link', { name: /plan\.txt/ });
    assert.equal(await contentOf(anns.page, link), 'Six chairs');
  });

  await scene.chapter(
    'the server is killed and started again: nothing is lost, nothing doubled',
    async () => {
      await anns.field.fill('A draft that nobody sends');
      // It reaches the server, but Vera's browser never hears of it.
      const lost = await unanswered(vera.page, '**/widget/v1/messages');
      await vera.write('Thank you!');
      said.push('Thank you!');
      await lost.arrived;
      await scene.server.kill();
      await lost.end();

      await Promise.all([anns, bos].map((inbox) => inbox.page.getByText('No connection.').waitFor()));
      await bos.reply('We keep it for you.');
      await bos.log.getByText('Not sent.').waitFor();
      await vera.write('Until eight then.');
      await vera.log.getByText('Waiting for connection').waitFor();
      await anns.reply('The terrace is dry.');
      await anns.log.getByText('Not sent.').waitFor();
      await anns.field.fill('A draft that nobody sends');
      // Two leave; what they wrote goes out when they come back. Ann stays, and hers goes by itself.
      await Promise.all([bos, vera].map(({ page }) => page.goto('about:blank')));

      await scene.server.start();
      await anns.message('The terrace is dry.').getByText('Sent', { exact: true }).waitFor();
      said.push('The terrace is dry.');
      await bos.open('all', id);
      // Ann answered first: Bo decides, as he would have on the spot.
      await bos.stale.getByRole('button', { name: 'Send anyway' }).click();
      await bos.message('We keep it for you.').getByText('Sent', { exact: true }).waitFor();
      said.push('We keep it for you.');
      await vera.page.goto(site.url);
      await anns.message('Until eight then.').waitFor();
      said.push('Until eight then.');
      await anns.page.getByText('No connection.').waitFor({ state: 'hidden' });

      await anns.page.reload();
      await eventually(
        'the draft',
        async () => (await anns.field.inputValue()) === 'A draft that nobody sends',
      );
      await vera.launcher.click();
      await everythingStandsOnce();
    },
  );
});

/** Holds the next message that a page sends, until it is released. */
async function held(page, url) {
  const gate = new EventEmitter();
  const arrived = once(gate, 'arrived');
  const released = once(gate, 'released');
  await page.route(url, async (route) => {
    if (route.request().method() === 'POST') {
      gate.emit('arrived');
      await released;
    }
    await route.continue();
  });
  return { arrived, release: () => gate.emit('released') };
}

/** Loses the answers to what a page sends, until the end: the first request reaches the server, no more do. */
async function unanswered(page, url) {
  const gate = new EventEmitter();
  const arrived = once(gate, 'arrived');
  let first = true;
  await page.route(url, async (route) => {
    if (first) {
      first = false;
      await route.fetch();
      gate.emit('arrived');
    }
    await route.abort();
  });
  return { arrived, end: () => page.unroute(url) };
}

/** What is in the file that a click brings. */
async function contentOf(page, link) {
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return readFile(await download.path(), 'utf8');
}
