// The chat as a guest on somebody's page: their styles, their security policy, their keys, their screens.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openSite } from './site.mjs';

const HOSTILE = `<style>
  * { letter-spacing: 3px !important; font: 30px serif !important; color: red !important; float: left;
      text-transform: uppercase !important; direction: rtl; line-height: 3 !important; }
  guildhall-chat, html body guildhall-chat { display: none; opacity: .2; filter: blur(4px); transform: scale(2); }
  button { padding: 40px !important; border: 6px dashed purple !important; background: lime !important; }
  dialog, div, span, textarea, input { width: 7px !important; background: yellow !important; }
</style>`;

test('styles of the page do not reach the chat', async (story) => {
  const site = await openSite(story);
  const pictures = [];
  for (const head of ['', HOSTILE]) {
    site.page.head = head;
    const visit = await site.visit();
    await visit.open();
    await visit.panel.getByRole('button', { name: 'Start chat' }).waitFor();
    pictures.push(await visit.panel.screenshot({ animations: 'disabled', caret: 'hide' }));
  }
  assert.ok(pictures[0].equals(pictures[1]), 'the panel looks different on the hostile page');
});

test('it works under a strict security policy that names the server once', async (story) => {
  const site = await openSite(story, { pre_chat: 'none' });
  const { origin } = site.wire;
  site.page.headers['content-security-policy'] =
    `default-src 'none'; script-src ${origin}; connect-src ${origin}; require-trusted-types-for 'script'; trusted-types 'none'`;
  // A violation is an error in the console, and fails the story.
  const visit = await site.visit();
  await visit.open();
  await visit.write('Hello');
  await visit.fare('Sent');
  await site.reply('Hello!');
  await visit.said('Hello!').waitFor();
  assert.equal(await visit.panel.evaluate((panel) => getComputedStyle(panel).display), 'flex');
});

test('a policy that forbids blob pictures leaves the file to download', async (story) => {
  const site = await openSite(story, { pre_chat: 'none' });
  const { origin } = site.wire;
  site.page.headers['content-security-policy'] =
    `default-src 'none'; script-src ${origin}; connect-src ${origin}`;
  const visit = await site.visit({ refused: true });
  await visit.open();
  const drawing = await visit.page.evaluate(() => {
    const canvas = new OffscreenCanvas(8, 8);
    canvas.getContext('2d').fillRect(0, 0, 8, 8);
    return canvas
      .convertToBlob()
      .then((blob) => blob.arrayBuffer().then((b) => [...new Uint8Array(b)]));
  });
  await visit.chooser.setInputFiles({
    name: 'drawing.png',
    mimeType: 'image/png',
    buffer: Buffer.from(drawing),
  });
  await visit.write('Look');
  await visit.fare('Sent');
  await visit.log.getByTitle('Download drawing.png').getByText('drawing.png').waitFor();
});

test('until somebody cares, the page pays for the loader alone', async (story) => {
  const site = await openSite(story);
  const context = await site.set.browser.newContext();
  const asked = [];
  context.on('request', (request) => asked.push(new URL(request.url())));
  const visit = await site.join(context);
  await visit.launcher.waitFor();
  await visit.page.waitForLoadState('networkidle');
  const ours = () =>
    asked.filter(({ origin }) => origin === site.wire.origin).map((url) => url.pathname);
  assert.deepEqual(ours(), ['/widget/w.js']);
  await visit.launcher.hover();
  await eventually('the panel', () => ours().length === 2);
  assert.match(ours()[1], /panel-\w+\.js$/);
  assert.deepEqual(await context.cookies(), []);
});

test('a panel that cannot be fetched says so on the launcher, and is fetched at the next try', async (story) => {
  const site = await openSite(story);
  const visit = await site.visit({ refused: true });
  await visit.launcher.waitFor();
  site.wire.cut();
  await visit.launcher.click();
  const again = visit.page.getByRole('button', { name: 'Chat did not load. Try again' });
  await again.waitFor();
  site.wire.mend();
  await again.click();
  await visit.panel.waitFor();
  assert.equal(await visit.badge.textContent(), '');
});

test('calls made before the loader arrived are answered', async (story) => {
  const site = await openSite(story);
  site.page.head = `<script>
    window.Guildhall = function () { (window.Guildhall.q = window.Guildhall.q || []).push(arguments); };
    Guildhall('identify', { name: 'Vera', email: 'vera@example.org' });
    Guildhall('open');
  </script>`;
  const visit = await site.visit();
  await visit.panel.waitFor();
  const name = visit.panel.getByLabel('Name');
  await name.waitFor();
  assert.equal(await name.inputValue(), 'Vera');
  await visit.page.evaluate(() => window.Guildhall('close'));
  await visit.panel.waitFor({ state: 'hidden' });
});

test('by keyboard alone: in, write, out, and the page’s own shortcuts stay still', async (story) => {
  const site = await openSite(story, { pre_chat: 'optional' });
  site.page.head = `<script>addEventListener('keydown', (event) => {
    window.heard = (window.heard ?? '') + event.key; });</script>`;
  site.page.body = '<h1>Altura</h1><button>Shop</button>';
  const visit = await site.visit();
  const { keyboard } = visit.page;
  await visit.launcher.waitFor();
  await visit.page.getByRole('button', { name: 'Shop' }).focus();
  await keyboard.press('Tab');
  assert.equal(await visit.focused(), 'Open chat');
  await keyboard.press('Enter');
  await visit.panel.getByLabel('Name').and(visit.page.locator(':focus')).waitFor();
  await visit.page.evaluate(() => {
    window.heard = '';
  });
  await keyboard.type('Vera');
  await keyboard.press('Enter');
  await visit.input.and(visit.page.locator(':focus')).waitFor();
  await keyboard.type('Hello');
  await keyboard.press('Shift+Enter');
  await keyboard.type('there');
  await keyboard.press('Enter');
  await visit.fare('Sent');
  assert.deepEqual(await site.texts(), ['Hello\nthere']);
  await keyboard.press('Escape');
  await visit.panel.waitFor({ state: 'hidden' });
  assert.equal(await visit.focused(), 'Open chat');
  assert.equal(await visit.page.evaluate(() => window.heard), '');
});

test('on a phone it fills the screen, keeps the focus and gives it back', async (story) => {
  const site = await openSite(story, { pre_chat: 'none' });
  site.page.body = '<h1>Altura</h1><button>Shop</button>';
  const visit = await site.visit({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await visit.launcher.tap();
  await visit.panel.waitFor();
  const { x, y, width, height } = await visit.panel.boundingBox();
  assert.deepEqual([x, y, width, height], [0, 0, 390, 844]);
  assert.equal(await visit.launcher.isVisible(), false);
  // The keyboard stays down until the visitor wants to write.
  assert.equal(await visit.focused(), 'panel');
  for (let i = 0; i < 8; i++) {
    await visit.page.keyboard.press('Tab');
    assert.notEqual(await visit.focused(), 'Shop');
  }
  await visit.input.tap();
  await visit.write('Hello');
  await visit.fare('Sent');
  await visit.panel.getByRole('button', { name: 'Close chat' }).tap();
  await visit.panel.waitFor({ state: 'hidden' });
  assert.equal(await visit.focused(), 'Open chat');

  // Turned or unfolded while open, it takes its other shape and stays open.
  await visit.launcher.tap();
  await visit.page.setViewportSize({ width: 1000, height: 800 });
  await eventually('the small panel', async () => (await visit.panel.boundingBox()).width === 384);
});

test('it speaks the language that was asked for, then the channel’s, then the page’s', async (story) => {
  const site = await openSite(story);
  const button = async () => {
    const visit = await site.visit();
    await visit.open();
    await visit.panel.getByRole('button', { name: /Start chat|Empezar chat/ }).waitFor();
    return visit.panel.locator('.primary').textContent();
  };
  assert.equal(await button(), 'Start chat');
  site.page.lang = 'es-MX';
  assert.equal(await button(), 'Empezar chat');
  await site.change({ settings: { locale: 'en' } });
  assert.equal(await button(), 'Start chat');
  site.page.attributes = 'data-locale="es"';
  assert.equal(await button(), 'Empezar chat');
});

test('it stands where the channel wants it, in the channel’s colour, also at the next visit before any answer', async (story) => {
  const site = await openSite(story, { position: 'left', color: '#ffd400', pre_chat: 'none' });
  const visit = await site.visit();
  const look = () =>
    visit.launcher.evaluate((button) => {
      const { color, backgroundColor } = getComputedStyle(button);
      return { color, backgroundColor, left: button.getBoundingClientRect().left };
    });
  await visit.open();
  await visit.input.waitFor();
  const expected = { color: 'rgb(0, 0, 0)', backgroundColor: 'rgb(255, 212, 0)', left: 20 };
  assert.deepEqual(await look(), expected);
  await visit.page.reload();
  await visit.launcher.waitFor();
  assert.deepEqual(await look(), expected);
});
