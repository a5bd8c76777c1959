// The conversation itself: both ways, who is typing, who has read, and files.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { eventually, openSite } from './site.mjs';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

test('a visitor introduces themselves, writes and is answered', async (story) => {
  const site = await openSite(story, {
    greeting: 'Hi! How can we help?',
    reply_time_hint: 'In minutes',
  });
  const visit = await site.visit();
  await visit.open();
  await visit.panel.getByRole('heading', { name: 'Hi! How can we help?' }).waitFor();
  await visit.introduce({ name: 'Vera', email: 'vera@example.org' });
  await visit.write('Do you ship to Lisbon?');
  await visit.fare('Sent');
  assert.deepEqual(await site.texts(), ['Do you ship to Lisbon?']);
  assert.equal((await site.conversation()).customer.display_name, 'Vera');

  await site.reply('We do. See https://shop.example/lisbon.');
  const link = visit.log.getByRole('link', { name: 'https://shop.example/lisbon', exact: true });
  await link.waitFor();
  assert.equal(await link.getAttribute('rel'), 'noopener noreferrer');
  await visit.write('<b>Great</b>');
  await visit.said('<b>Great</b>').waitFor();
});

test('each side sees that the other is typing, and that it stopped', async (story) => {
  const site = await openSite(story, { pre_chat: 'none' });
  const visit = await site.visit();
  await visit.open();
  await visit.write('Hello');
  await visit.fare('Sent');
  const inbox = await site.listen();

  // Who types says so again and again: what was said before the visitor's stream knew whose it is, nobody heard.
  await eventually('the visitor sees the agent typing', async () => {
    await site.agent('POST', 'typing', { state: 'typing' });
    return visit.panel.getByText('Ann is typing').count();
  });
  await site.reply('Hello!');
  await visit.said('Hello!').waitFor();
  await visit.panel.getByText('Ann is typing').waitFor({ state: 'detached' });

  await visit.input.pressSequentially('I wonder');
  await inbox.heard('typing', ({ state }) => state === 'typing');
  await visit.input.press('Enter');
  await inbox.heard('typing', ({ state }) => state === 'stopped');
});

test('each side sees what the other has read', async (story) => {
  const site = await openSite(story, { pre_chat: 'none' });
  const visit = await site.visit();
  await visit.open();
  await visit.write('Hello');
  await visit.fare('Sent');
  const [{ seq }] = await site.messages();
  await site.agent('PUT', 'read', { seq });
  await visit.fare('Read');
  await site.reply('Hello!');
  await eventually(
    'the answer is read',
    async () => (await site.messages()).at(-1).state === 'read',
  );
});

test('a channel may keep receipts to itself', async (story) => {
  const site = await openSite(story, { pre_chat: 'none', show_read_receipts: false });
  const visit = await site.visit();
  await visit.open();
  await visit.write('Hello');
  await visit.fare('Sent');
  await site.reply('Hello!');
  await visit.said('Hello!').waitFor();
  assert.doesNotMatch(await visit.log.textContent(), /Read/);
});

test('closed, the launcher counts what is unread, tells the page and says it aloud', async (story) => {
  const site = await openSite(story, { pre_chat: 'none' });
  const visit = await site.visit();
  await visit.page.evaluate(() => {
    window.counts = [];
    window.Guildhall('on', 'unread', (count) => window.counts.push(count));
  });
  await visit.open();
  await visit.write('Hello');
  await visit.fare('Sent');
  await visit.launcher.click();
  await visit.panel.waitFor({ state: 'hidden' });
  await site.reply('Hello!');
  await visit.badge.getByText('1').waitFor();
  await site.reply('Are you there?');
  await visit.page.getByRole('button', { name: 'Open chat, 2 unread' }).waitFor();
  await visit.page.getByText('New message from Ann').waitFor({ state: 'attached' });

  // Coming back later, with the chat still closed.
  await visit.page.reload();
  await visit.badge.getByText('2').waitFor();
  await visit.open();
  await visit.badge.waitFor({ state: 'hidden' });
  await visit.page.reload();
  await visit.open();
  await visit.said('Are you there?').waitFor();
  assert.equal(await visit.badge.textContent(), '');
});

test('files go both ways, whole, with a preview where they are pictures', async (story) => {
  const site = await openSite(story, { pre_chat: 'none' });
  const visit = await site.visit();
  await visit.open();
  const report = {
    name: 'report.pdf',
    mimeType: 'application/pdf',
    buffer: randomBytes(3_000_000),
  };
  const files = [{ name: 'pixel.png', mimeType: 'image/png', buffer: PIXEL }, report];
  await visit.chooser.setInputFiles(files);
  const chips = visit.panel.getByRole('listitem');
  await chips.getByText('3 MB').waitFor();
  // Sent at once, it waits for its files.
  await visit.write('Here they are');
  await visit.fare('Sent');
  assert.equal(await chips.count(), 0);
  await visit.log.getByRole('img', { name: 'pixel.png' }).waitFor();

  const [{ attachments }] = await site.messages();
  assert.deepEqual(
    attachments.map(({ name, content_type, size }) => [name, content_type, size]),
    [
      ['pixel.png', 'image/png', PIXEL.length],
      ['report.pdf', 'application/octet-stream', 3_000_000],
    ],
  );

  // After a reload the files come from the server.
  await visit.page.reload();
  await visit.open();
  await visit.log.getByRole('img', { name: 'pixel.png' }).waitFor();
  const download = visit.page.waitForEvent('download');
  await visit.log.getByTitle('Download report.pdf').click();
  const path = await (await download).path();
  const hash = (buffer) => createHash('sha256').update(buffer).digest('hex');
  assert.equal(hash(await readFile(path)), hash(report.buffer));
});

test('a file that is too large is not even tried; one that broke off can be sent again, and shows how far it is', async (story) => {
  const site = await openSite(story, { pre_chat: 'none' });
  const visit = await site.visit();
  await visit.open();
  // The browser makes it, for 25 MiB would have to pass through the test otherwise.
  await visit.drop([{ name: 'film.mov', size: 25 * 1024 * 1024 + 1 }]);
  await visit.panel.getByRole('alert').getByText('film.mov is larger than 25 MB').waitFor();

  site.wire.cut();
  await visit.drop([{ name: 'notes.txt', size: 25 * 1024 * 1024 }]);
  await visit.panel.getByText('Upload failed', { exact: true }).waitFor();
  site.wire.mend();
  site.wire.hold();
  await visit.panel.getByRole('button', { name: 'Retry notes.txt' }).click();
  const progress = visit.panel.getByRole('progressbar', { name: 'Uploading notes.txt' });
  await eventually('part of it has left', async () => {
    const part = await progress.evaluate((bar) => bar.value);
    return part > 0 && part < 1;
  });
  await visit.panel.getByRole('button', { name: 'Send' }).click();
  await visit.panel.getByText('Sends when the files are uploaded').waitFor();
  site.wire.mend();
  await visit.fare('Sent');
  const [{ attachments }] = await site.messages();
  assert.deepEqual(
    attachments.map(({ name }) => name),
    ['notes.txt'],
  );
});

test('a long history comes page by page, and stays put while it does', async (story) => {
  const site = await openSite(story, { pre_chat: 'none' });
  const visit = await site.visit();
  await visit.open();
  await visit.write('Begin');
  await visit.fare('Sent');
  for (let i = 1; i <= 60; i++) await site.reply(`answer ${i}`);
  await visit.page.reload();
  await visit.open();
  await visit.said('answer 60').waitFor();
  assert.equal(await visit.said('Begin').count(), 0);
  // Not every browser holds the place by itself.
  await visit.panel.locator('.scroller').evaluate((scroller) => {
    scroller.style.overflowAnchor = 'none';
  });
  const eldest = visit.said('answer 11');
  await eldest.scrollIntoViewIfNeeded();
  await visit.said('Begin').waitFor({ state: 'attached' });
  const [message, view] = await Promise.all([
    eldest.boundingBox(),
    visit.panel.locator('.scroller').boundingBox(),
  ]);
  assert.ok(message.y < view.y + view.height / 2, 'what was being read has moved away');
  assert.equal(await visit.bubbles.count(), 61);

  // New messages do not pull a reader of old ones away.
  await site.reply('news');
  await visit.panel.getByRole('button', { name: 'New messages' }).click();
  await eventually('the end', () =>
    visit.said('news').evaluate((element) => element.getBoundingClientRect().bottom < innerHeight),
  );
});
