// Takes the pictures of README and docs from the demo: node e2e/shots.mjs [NAME...]
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { browserOptions } from './browser.mjs';
import { eventually } from './eventually.mjs';
import { AuditLog, Chat, Inbox, Roles } from './screens.mjs';
import { freePort, operate, Server } from './server.mjs';

const folder = fileURLToPath(new URL('../../docs/shots/', import.meta.url));
const wanted = process.argv.slice(2);
const largest = 300_000;
const desktop = { width: 1440, height: 900 };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

const data = await mkdtemp(join(tmpdir(), 'guildhall-shots-'));
const site = `127.0.0.1:${await freePort()}`;
const server = await Server.start(data, 'demo', '--sample-site', site, '--till', 'manual');
const browser = await chromium.launch(browserOptions);
try {
  await mkdir(folder, { recursive: true });
  await takeAll();
} finally {
  await browser.close();
  await server.kill();
  await rm(data, { recursive: true, force: true });
}

async function takeAll() {
  const ann = await sitDown('Owner');
  const inbox = new Inbox(ann, await whereabouts(ann));
  const thread = await chat(inbox);
  await inbox.open('all', thread);
  await settled(inbox);
  await take(ann, 'inbox');
  await dark(ann);
  await take(ann, 'inbox-dark');
  await ann.keyboard.press('Control+k');
  await ann.getByRole('dialog').getByRole('option').first().waitFor();
  await take(ann, 'palette-dark');
  await light(ann);
  await ann.keyboard.press('Escape');
  await ann.keyboard.press('?');
  await ann.getByRole('dialog').waitFor();
  await take(ann, 'shortcuts');
  await ann.keyboard.press('Escape');

  const bo = await sitDown('Member');
  const bos = new Inbox(bo, inbox.person);
  await bos.open('all', thread);
  await bos.field.pressSequentially('Let me look that up');
  await inbox.presence.getByText('is replying').waitFor();
  await take(ann, 'presence');
  await bos.field.fill('');
  await bo.close();

  for (const page of ['customers', 'search?q=order', 'settings/members']) {
    await ann.goto(`/w/${inbox.person.workspace}/${page}`);
    await ann.getByRole('main').locator('li, tr').nth(4).waitFor();
    await take(ann, page.replace(/.*\/|\?.*/g, ''));
  }
  const roles = new Roles(ann, inbox.person);
  await roles.open();
  await take(ann, 'roles');
  await ann.goto(`/w/${inbox.person.workspace}/settings/channels`);
  await ann.getByRole('main').getByRole('listitem').first().click();
  await ann.getByText('Preview', { exact: true }).waitFor();
  await take(ann, 'channel');

  await ann.goto(`/w/${inbox.person.workspace}/settings/teams`);
  await ann.getByRole('main').getByRole('listitem').first().click();
  await ann.getByRole('complementary').getByRole('listitem').first().waitFor();
  await take(ann, 'team');
  for (const page of ['settings/shifts', 'tasks?who=all']) {
    await ann.goto(`/w/${inbox.person.workspace}/${page}`);
    await ann.getByRole('main').locator('li, tr').nth(2).waitFor();
    await take(ann, page.replace(/.*\/|\?.*/g, ''));
  }

  const vic = await sitDown('Viewer');
  const vics = new Inbox(vic, inbox.person);
  await vics.open('all', thread);
  await settled(vics);
  await take(vic, 'viewer');
  // What the role does not include is refused, which the log tells.
  const claim = `/api/v1/workspaces/${inbox.person.workspace}/conversations/${thread}/claim`;
  await vic.evaluate(
    (path) => fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }),
    claim,
  );
  const log = new AuditLog(ann, inbox.person);
  await log.open();
  await log.entry('Vic').getByRole('button').click();
  await take(ann, 'audit');

  const pocket = new Inbox(await sitDown('Supervisor', phone), inbox.person);
  await pocket.open('all');
  await pocket.rows.nth(5).waitFor();
  await take(pocket.page, 'phone-list');
  await pocket.open('all', thread);
  await pocket.messages.last().waitFor();
  await take(pocket.page, 'phone-thread');
  await dark(pocket.page);
  await take(pocket.page, 'phone-thread-dark');

  const spanish = new Inbox(await sitDown('Agent'), inbox.person);
  await spanish.page.evaluate(() =>
    fetch('/api/v1/me', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{"locale":"es"}',
    }),
  );
  await spanish.open('mine');
  await spanish.rows.first().click();
  await spanish.messages.last().waitFor();
  await take(spanish.page, 'inbox-es');

  // Where plans are sold: the sample team on one with seats that cost something and credits that are shared.
  const { workspace } = inbox.person;
  operate(data, 'plan', 'assign', '--workspace', workspace, '--catalogue', 'askusers', 'enterprise');
  // What is due since the sample team began is done within a minute: their month begins, with its credits.
  const granted = async () => {
    await ann.goto(`/w/${workspace}/settings/credits`);
    await ann.getByText('can be used').waitFor();
    return ann.getByText('2,000 credits can be used').isVisible();
  };
  await eventually('the credits of a month', granted, 150_000);
  await take(ann, 'credits');
  await ann.goto(`/w/${workspace}/settings/plan`);
  await ann.getByRole('rowheader', { name: 'Full seats included' }).waitFor();
  await take(ann, 'plan');

  const login = await open();
  await login.goto('/login');
  await login.getByRole('link', { name: 'Create an account' }).waitFor();
  await take(login, 'sign-in');
}

/** A visitor of the sample site asks, and is answered: gives back the conversation. */
async function chat(inbox) {
  const visitor = new Chat(await open({ baseURL: `http://${site}` }));
  await visitor.page.goto('/');
  await visitor.begin('Robin Vale');
  await visitor.write('Does the House Espresso suit a moka pot too?');
  await inbox.open('unassigned');
  await inbox.row('Robin Vale').click();
  const answer = async (text) => {
    await inbox.reply(text);
    await visitor.message(text).waitFor();
  };
  const ask = async (text) => {
    await visitor.write(text);
    await inbox.message(text).waitFor();
  };
  await answer('It does. Grind it a little coarser than for espresso, and take the pot off early.');
  await ask('How much coffee for the three-cup pot?');
  await inbox.files.setInputFiles({
    name: 'moka-pot.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from(
      'Three cups: 15 g of coffee, 150 ml of hot water, low heat, off at the first gurgle.\n'.repeat(24),
    ),
  });
  await inbox.page.getByRole('button', { name: 'Remove moka-pot.txt' }).waitFor();
  await inbox.page.getByText('Uploading…').waitFor({ state: 'hidden' });
  await answer('15 grams. I wrote our way down for you:');
  await ask('Perfect, then I take a kilo. Will it be here by Friday?');
  await visitor.log.getByText('Read').waitFor();
  await take(visitor.page, 'website');
  return new URL(inbox.page.url()).pathname.split('/').at(-1);
}

/** Until everything about a conversation is there. */
async function settled({ page, messages }) {
  await messages.last().waitFor();
  await page.getByRole('region', { name: 'Conversations', exact: true }).locator('p, a').first().waitFor();
}

/** A window of somebody with a role, by the link that the demo printed. */
async function sitDown(role, options) {
  const [link] = server.printed.match(new RegExp(`(?<=${role} +)http:\\S+`));
  const page = await open(options);
  await page.goto(link);
  await page.locator('main').waitFor();
  return page;
}

async function open(options) {
  const context = await browser.newContext({
    baseURL: server.origin,
    viewport: desktop,
    reducedMotion: 'reduce',
    colorScheme: 'light',
    ...options,
  });
  return context.newPage();
}

function dark(page) {
  return page.emulateMedia({ colorScheme: 'dark' });
}

function light(page) {
  return page.emulateMedia({ colorScheme: 'light' });
}

/** Whose window it is: what stands in its address. */
async function whereabouts(page) {
  await page.waitForURL('**/w/**');
  return { workspace: new URL(page.url()).pathname.split('/')[2] };
}

async function take(page, name) {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  const { size } = await stat(path);
  console.log(`${name}.png  ${Math.round(size / 1000)} kB${size > largest ? '  TOO LARGE' : ''}`);
}
