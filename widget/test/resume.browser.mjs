// Nothing that was written is lost or said twice: reloads, tabs, and a network that comes and goes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openSite } from './site.mjs';

test('a reload brings back the conversation and the draft, and asks nobody again', async (story) => {
  const site = await openSite(story, { pre_chat: 'required' });
  const visit = await site.visit();
  await visit.open();
  await visit.introduce({ name: 'Vera', email: 'vera@example.org' });
  await visit.input.fill('half a thou');
  await visit.page.reload();
  await visit.open();
  assert.equal(await visit.input.inputValue(), 'half a thou');
  await visit.write('a whole thought');
  await visit.fare('Sent');
  await visit.page.reload();
  await visit.open();
  await visit.said('a whole thought').waitFor();
  assert.equal(await visit.input.inputValue(), '');
});

test('what is written while the server is away leaves in order when it is back, even after a reload', async (story) => {
  const site = await openSite(story, { pre_chat: 'none' });
  const visit = await site.visit();
  await visit.open();
  await visit.write('zero');
  await visit.fare('Sent');
  site.wire.cut();
  await visit.notice.getByText('Connecting…').waitFor();
  for (const text of ['one', 'two']) await visit.write(text);
  await visit.fare('Waiting for connection');
  assert.deepEqual(await site.texts(), ['zero']);

  // The browser has the program in its cache; only the server is out of reach.
  await visit.page.reload();
  await visit.open();
  await visit.said('two').waitFor();
  await visit.write('three');
  site.wire.mend();
  await visit.fare('Sent');
  assert.deepEqual(await site.texts(), ['zero', 'one', 'two', 'three']);
  assert.deepEqual(await visit.bubbles.allTextContents(), ['zero', 'one', 'two', 'three']);
  await visit.notice.getByText('Connecting…').waitFor({ state: 'detached' });
});

test('a message whose answer is lost is sent again and said once', async (story) => {
  const site = await openSite(story, { pre_chat: 'none' });
  const visit = await site.visit();
  // Without the stream, which would bring word of it by another road.
  await visit.page.route('**/widget/v1/events', (route) => route.abort());
  const ids = [];
  visit.page.on('request', (request) => {
    if (request.url().endsWith('/widget/v1/messages')) ids.push(request.postDataJSON().client_id);
  });
  await visit.open();
  await visit.write('zero');
  await visit.fare('Sent');
  site.wire.loseAnswers();
  await visit.write('one');
  await eventually('it arrives', async () => (await site.texts()).includes('one'));
  await eventually('it is sent again', () => ids.length > 2);
  site.wire.mend();
  await visit.fare('Sent');
  assert.equal(new Set(ids).size, 2);
  await visit.write('two');
  await visit.said('two').waitFor();
  await visit.fare('Sent');
  assert.deepEqual(await site.texts(), ['zero', 'one', 'two']);
  assert.deepEqual(await visit.bubbles.allTextContents(), ['zero', 'one', 'two']);
});

test('twenty times offline and back: every message on both sides once and in order', async (story) => {
  const site = await openSite(story, { pre_chat: 'none' });
  const visit = await site.visit();
  const context = visit.page.context();
  await visit.open();
  await visit.write('begin');
  await visit.fare('Sent');
  const expected = ['begin'];
  for (let round = 1; round <= 20; round++) {
    await context.setOffline(true);
    const [question, answer] = [`question ${round}`, `answer ${round}`];
    await visit.write(question);
    await site.reply(answer);
    await context.setOffline(false);
    await visit.said(answer).waitFor();
    await eventually(question, async () => (await site.texts()).includes(question));
    expected.push(answer, question);
  }
  assert.deepEqual(await site.texts(), expected);
  await visit.fare('Sent');
  assert.deepEqual(await visit.bubbles.allTextContents(), expected);
});

test('the tabs of a browser share one stream, and the next one takes over', async (story) => {
  const site = await openSite(story, { pre_chat: 'none' });
  const visit = await site.visit();
  await visit.open();
  await visit.write('Hello');
  await visit.fare('Sent');
  const context = visit.page.context();
  const streams = new Set();
  context.on('request', (request) => request.url().endsWith('/events') && streams.add(request));
  context.on('requestfinished', (request) => streams.delete(request));
  context.on('requestfailed', (request) => streams.delete(request));

  const others = [await site.join(context), await site.join(context)];
  for (const other of others) {
    await other.open();
    await other.said('Hello').waitFor();
  }
  await site.reply('To all of you');
  for (const each of [visit, ...others]) await each.said('To all of you').waitFor();
  assert.ok(streams.size <= 1, `${streams.size} streams`);

  await others[1].write('From a tab');
  await visit.said('From a tab').waitFor();

  // Whoever listens leaves; what is said meanwhile reaches the one who stays.
  await visit.page.close();
  await others[1].page.close();
  await site.reply('Still there?');
  await others[0].said('Still there?').waitFor();
  assert.deepEqual(await others[0].bubbles.allTextContents(), [
    'Hello',
    'To all of you',
    'From a tab',
    'Still there?',
  ]);
});

test('what the server will not take says so, and can be tried again or deleted', async (story) => {
  const site = await openSite(story, { pre_chat: 'none' });
  const visit = await site.visit();
  await visit.page.route(
    '**/widget/v1/messages',
    (route) => route.fulfill({ status: 422, json: {} }),
    {
      times: 2,
    },
  );
  await visit.open();
  await visit.write('one');
  await visit.write('two');
  const retry = visit.panel.getByRole('button', { name: 'Not sent. Tap to retry' });
  await eventually('both failed', async () => (await retry.count()) === 2);
  await visit.panel.getByRole('button', { name: 'Delete' }).first().click();
  await retry.click();
  await visit.fare('Sent');
  assert.deepEqual(await site.texts(), ['two']);
  assert.deepEqual(await visit.bubbles.allTextContents(), ['two']);
});
