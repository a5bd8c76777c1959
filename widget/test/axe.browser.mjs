// Every state of the chat, in both schemes and languages, has no accessibility violation axe can find. Each is
// pictured in test/shots.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { eventually, openSite } from './site.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = fileURLToPath(new URL('shots/', import.meta.url));
await mkdir(shots, { recursive: true });

const greeting = {
  en: { greeting: 'Hi! How can we help?', reply_time_hint: 'Usually replies in 3 minutes' },
  es: { greeting: '¡Hola! ¿Cómo te ayudamos?', reply_time_hint: 'Solemos responder en 3 minutos' },
};
const words = {
  en: {
    start: 'Start chat',
    sent: 'Sent',
    waiting: 'Waiting for connection',
    failed: 'Not sent. Tap to retry',
  },
  es: {
    start: 'Empezar chat',
    sent: 'Enviado',
    waiting: 'Esperando conexión',
    failed: 'No se envió. Toca para reintentar',
  },
};
const dialogue = {
  en: [
    'Do you have the 220V grinder? I need it before Friday',
    'Yes, four of them: https://shop.example/grinder',
    'Perfect, thank you!',
  ],
  es: [
    '¿Tienen el molino de 220 V? Lo necesito antes del viernes',
    'Sí, hay cuatro: https://shop.example/molino',
    '¡Perfecto, gracias!',
  ],
};

/** Every pair of these meets once. */
const looks = [
  ['en', 'light', '#7a3a12'],
  ['en', 'dark', '#ffd400'],
  ['es', 'light', '#ffd400'],
  ['es', 'dark', '#7a3a12'],
];

for (const [locale, colorScheme, color] of looks) {
  test(`every state, ${locale}, ${colorScheme}, on ${color.slice(1)}`, async (story) => {
    const site = await openSite(story, { color, ...greeting[locale] });
    site.page.lang = locale;
    const visit = await site.visit({ colorScheme, viewport: { width: 900, height: 780 } });
    const seen = (state, page = visit.page) => inspect(page, `${state}-${locale}-${colorScheme}`);

    await visit.launcher.waitFor();
    await seen('1-launcher');
    await visit.open();
    await visit.panel.getByRole('button', { name: words[locale].start }).waitFor();
    await seen('2-form');
    await visit.panel.locator('input[type=email]').fill('nobody');
    await visit.panel.locator('.primary').click();
    await seen('3-form-error');
    await visit.panel.locator('input[type=email]').fill('');
    await visit.panel.locator('.primary').click();
    await visit.input.waitFor();
    await seen('4-empty');

    const [question, answer, thanks] = dialogue[locale];
    await visit.write(question);
    await visit.fare(words[locale].sent);
    await site.reply(answer);
    await visit.log.getByRole('link').waitFor();
    await visit.chooser.setInputFiles([
      { name: 'plan.png', mimeType: 'image/png', buffer: await visit.launcher.screenshot() },
      {
        name: 'a long name of a report.pdf',
        mimeType: 'application/pdf',
        buffer: randomBytes(400_000),
      },
    ]);
    await visit.panel.getByRole('listitem').nth(1).locator('progress').waitFor({ state: 'hidden' });
    await seen('5-attaching');
    await visit.write(thanks);
    await visit.fare(words[locale].sent);
    await eventually('the visitor sees the agent typing', async () => {
      await site.agent('POST', 'typing', { state: 'typing' });
      return visit.panel.locator('.dots').count();
    });
    await seen('6-chat');

    site.wire.cut();
    await visit.notice.filter({ hasText: /./ }).waitFor();
    await visit.write('…');
    await visit.fare(words[locale].waiting);
    await visit.drop([{ name: 'lost.txt', size: 1_000 }]);
    await visit.panel.locator('.upload[data-failed]').waitFor();
    await visit.drop([{ name: 'film.mov', size: 26_214_401 }]);
    await seen('7-offline');
    site.wire.mend();
    await visit.fare(words[locale].sent);

    await visit.page.route('**/widget/v1/messages', (route) =>
      route.fulfill({ status: 422, json: {} }),
    );
    await visit.write('?');
    await visit.panel.getByText(words[locale].failed).waitFor();
    await seen('8-failed');

    await visit.launcher.click();
    await site.reply(answer);
    await visit.badge.filter({ hasText: '1' }).waitFor();
    await seen('9-unread');
  });
}

test('a phone, a page that is refused, and a server that is away', async (story) => {
  const site = await openSite(story, { ...greeting.en, pre_chat: 'none' });
  const phone = await site.visit({
    viewport: { width: 320, height: 640 },
    hasTouch: true,
    isMobile: true,
  });
  await phone.launcher.tap();
  await phone.write(dialogue.en[0]);
  await phone.fare('Sent');
  await site.reply(`${'An answer that is rather long. '.repeat(30)}${'unbroken'.repeat(20)}`);
  await phone.bubbles.nth(1).waitFor();
  await inspect(phone.page, '10-phone');

  await site.change({ allowed_origins: [] });
  const refused = await site.visit({ refused: true, viewport: { width: 900, height: 780 } });
  await refused.open();
  await refused.panel.getByRole('alert').waitFor();
  await inspect(refused.page, '11-refused');

  await refused.page.reload();
  await refused.launcher.hover();
  await refused.page.waitForLoadState('networkidle');
  site.wire.cut();
  await refused.open();
  const retry = refused.panel.getByRole('button', { name: 'Try again' });
  await retry.waitFor();
  await inspect(refused.page, '12-unreachable');
  await site.change({ allowed_origins: [site.url] });
  site.wire.mend();
  await retry.click();
  await refused.input.waitFor();
});

async function inspect(page, name) {
  await page.screenshot({ path: `${shots}${name}.png` });
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await window.axe.run('guildhall-chat', { runOnly: tags });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id} ${target.flat().join(' ')}: ${failureSummary}`,
      ),
    );
  });
  assert.deepEqual(violations, [], name);
}
