// No screen or dialog about money has a violation that axe can find: plans, purchases, credits, invoices, seats.
import { test } from 'node:test';
import { inEachLook, inspect, inspectDialog } from './axe.mjs';
import { operate } from './server.mjs';
import { stage } from './stage.mjs';

test('what is said about money is free of violations', async (story) => {
  const scene = await stage(story, { catalogue: 'askusers', till: 'manual' });
  const world = await fill(scene);
  await inEachLook(scene, async (windowOf, say) => {
    const page = await windowOf(world.ann);
    await inspectPlan(page, world, say);
    await inspectCredits(page, world, say);
    await inspectSeats(page, world);
    await inspectLocked(await windowOf(world.vic), world);
  });
});

/** Something on every screen: a plan that is nearly full, orders that wait, a member's limit, a request. */
async function fill(scene) {
  const ann = await scene.signUp('Ann');
  const as = (method, path, body) => scene.as(ann, method, path, body);
  operate(scene.folder, 'plan', 'assign', '--workspace', ann.workspace, 'enterprise');
  for (const name of ['Bo', 'Cy', 'Dee']) await scene.join(ann, name, 'member');
  const vic = await scene.join(ann, 'Vic', 'viewer');
  const purchase = await as('POST', 'billing/checkouts', {
    kind: 'credits',
    addon: 'team_credits_pack',
    quantity: 1,
  });
  await as('PUT', `credits/caps/${vic.member}`, { monthly: 10 });
  await as('POST', 'billing/support-requests', { kind: 'more_seats', text: 'Forty for December.' });
  return { ann, vic, purchase };
}

/** Opens a page of the settings. */
const visit = (page, person, path) => page.goto(`/w/${person.workspace}/settings/${path}`);

async function inspectPlan(page, { ann, purchase }, say) {
  const button = (text) => page.getByRole('button', { name: say(text), exact: true }).first();
  await visit(page, ann, 'plan');
  await page.getByText('Forty for December.').waitFor();
  await inspect(page, 'plan');
  await page
    .getByRole('row')
    .last()
    .getByRole('button', { name: /Enterprise/ })
    .waitFor();
  await page.getByText(say('Paid by the year')).click();
  await page.getByRole('button', { name: say('Choose {0}').replace('{0}', 'Enterprise') }).click();
  await page.getByRole('dialog').getByRole('table').waitFor();
  await inspectDialog(page, 'another plan');
  await page
    .getByRole('button', { name: say('Buy: {0}').replace('{0}', 'Extra Member Seat') })
    .first()
    .click();
  await inspectDialog(page, 'more seats');
  await button('Cancel the plan…').click();
  await inspectDialog(page, 'the end of the plan');
  await button('Ask…').click();
  await inspectDialog(page, 'a request');
  await visit(page, ann, `billing?checkout=${purchase.id}`);
  await page.getByText(say('An invoice is open')).waitFor();
  await inspect(page, 'a purchase');
  await visit(page, ann, 'invoices');
  await page.getByRole('row').nth(1).waitFor();
  await inspect(page, 'invoices');
}

async function inspectCredits(page, { ann }, say) {
  await visit(page, ann, 'credits');
  await page.getByRole('row', { name: /2[.,]?000/ }).waitFor();
  await inspect(page, 'credits');
  await page.getByRole('button', { name: say('Limit for {0}').replace('{0}', 'Vic') }).click();
  await inspectDialog(page, 'a limit');
}

async function inspectSeats(page, { ann }) {
  await visit(page, ann, 'members?add=mail');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').first().fill('fay@example.com ');
  await dialog.getByRole('link').first().waitFor();
  await inspectDialog(page, 'no seat');
  await inspect(page, 'members with their seats');
}

/** What somebody sees who may look only. */
async function inspectLocked(page, { vic }) {
  for (const path of ['plan', 'credits', 'invoices']) {
    await visit(page, vic, path);
    await inspect(page, `${path} to look at`);
  }
}
