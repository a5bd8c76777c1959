// Who may use the chat, and who the site says they are.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openSite } from './site.mjs';

test('a page of another site is told so, and its launcher stays usable', async (story) => {
  const site = await openSite(story);
  await site.change({ allowed_origins: ['https://elsewhere.example'] });
  const visit = await site.visit({ refused: true });
  await visit.open();
  await visit.panel.getByRole('alert').getByText('Chat isn’t available on this page.').waitFor();
  await visit.page.keyboard.press('Escape');
  await visit.panel.waitFor({ state: 'hidden' });

  // Allowed meanwhile: the next opening asks again.
  await site.change({ allowed_origins: [site.url] });
  await visit.open();
  await visit.panel.getByRole('button', { name: 'Start chat' }).waitFor();
});

test('a user the site vouches for finds their conversation in any browser, and takes it along when they leave', async (story) => {
  const site = await openSite(story, { pre_chat: 'required' });
  const sign = await site.signer();
  site.page.attributes = `data-user-id="u-1" data-user-hash="${sign('u-1')}" data-user-name="Vera" data-user-email="vera@example.org"`;
  const visit = await site.visit();
  await visit.open();
  await visit.write('From my desk');
  await visit.fare('Sent');

  const phone = await site.visit();
  await phone.open();
  await phone.said('From my desk').waitFor();
  await phone.write('From my phone');
  await visit.said('From my phone').waitFor();
  assert.deepEqual(await site.texts(), ['From my desk', 'From my phone']);

  // Another tab of the same browser forgets together with this one.
  const tab = await site.join(visit.page.context());
  await tab.open();
  await tab.said('From my desk').waitFor();
  await visit.input.fill('not for the next one');
  await visit.page.evaluate(() => window.Guildhall('identify', null));
  await visit.panel.getByRole('button', { name: 'Start chat' }).waitFor();
  await eventually('the other tab forgets', async () => (await tab.bubbles.count()) === 0);

  const bea = { user_id: 'u-2', hash: sign('u-2') };
  await visit.page.evaluate((bea) => window.Guildhall('identify', bea), bea);
  await visit.input.waitFor();
  assert.equal(await visit.input.inputValue(), '');
  await visit.write('I am Bea');
  await visit.fare('Sent');
  assert.deepEqual(await visit.bubbles.allTextContents(), ['I am Bea']);
  assert.equal((await site.conversations()).length, 2);
});

test('a stranger who signs in keeps what they said', async (story) => {
  const site = await openSite(story, { pre_chat: 'none' });
  const sign = await site.signer();
  const visit = await site.visit();
  await visit.open();
  await visit.write('Before signing in');
  await visit.fare('Sent');
  const vera = { user_id: 'u-1', hash: sign('u-1') };
  await visit.page.evaluate((vera) => window.Guildhall('identify', vera), vera);
  await visit.write('And after');
  await visit.fare('Sent');
  await visit.said('Before signing in').waitFor();
  assert.deepEqual(await visit.bubbles.allTextContents(), ['Before signing in', 'And after']);
  assert.deepEqual(await site.texts(), ['Before signing in', 'And after']);
});

test('a wrong hash leaves a stranger, and tells the site why', async (story) => {
  const site = await openSite(story);
  await site.signer();
  site.page.attributes = `data-user-id="u-1" data-user-hash="${'0'.repeat(64)}"`;
  const visit = await site.visit({ refused: true });
  const told = visit.page.waitForEvent('console', (message) =>
    message.text().includes('does not match user_id'),
  );
  await visit.open();
  await told;
  await visit.panel.getByRole('button', { name: 'Start chat' }).waitFor();
});

test('an e-mail typed into the form shows nobody else’s history', async (story) => {
  const site = await openSite(story, { pre_chat: 'required' });
  const vera = { name: 'Vera', email: 'vera@example.org' };
  const first = await site.visit();
  await first.open();
  await first.introduce(vera);
  await first.write('My secret');
  await first.fare('Sent');
  const second = await site.visit();
  await second.open();
  await second.introduce(vera);
  await second.write('Hello');
  await second.fare('Sent');
  assert.deepEqual(await second.bubbles.allTextContents(), ['Hello']);
});

test('the form says what is missing, at the field and to the ear', async (story) => {
  const site = await openSite(story, { pre_chat: 'required' });
  const visit = await site.visit();
  await visit.open();
  const start = visit.panel.getByRole('button', { name: 'Start chat' });
  await start.click();
  const [name, email] = [visit.panel.getByLabel('Name'), visit.panel.getByLabel('Email')];
  assert.ok(await name.evaluate((input) => input.matches(':focus')));
  await name.fill('Vera');
  await email.fill('vera@nowhere');
  await start.click();
  const described = await email.evaluate((input) =>
    input
      .getAttribute('aria-describedby')
      .split(' ')
      .map((id) => input.getRootNode().getElementById(id).textContent),
  );
  assert.deepEqual(described, [
    'So we can reply if you leave',
    'Enter an email address like name@example.com',
  ]);
  await email.fill('vera@example.org');
  await start.click();
  await visit.input.waitFor();
});
