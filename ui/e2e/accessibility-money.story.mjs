// No screen or dialog about money has a violation that axe can find: plans, purchases, credits, invoices, seats, cards,
// and what is said when something runs out.
import { test } from 'node:test';
import { inEachLook, inspect, inspectDialog } from './axe.mjs';
import { Operator } from './money.mjs';
import { operate } from './server.mjs';
import { eventually, password, stage } from './stage.mjs';
import { stripe } from './stripe.mjs';

test('what is said about money is free of violations', async (story) => {
  const scene = await stage(story, { catalogue: 'askusers', till: 'manual' });
  const world = await fill(scene);
  await inEachLook(scene, async (windowOf, say) => {
    const page = await windowOf(world.ann);
    await inspectPlan(scene, page, world, say);
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

async function inspectPlan(scene, page, { ann, purchase }, say) {
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
  await page.getByRole('button', { name: say('Whom they are for…') }).click();
  await inspectDialog(page, 'whom invoices are for');
  const [{ id }] = (await scene.as(ann, 'GET', 'billing/invoices')).items;
  await page.goto(`/api/v1/workspaces/${ann.workspace}/billing/invoices/${id}/document`);
  await inspect(page, 'an invoice to print');
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

test('what is said when money runs out is free of violations', async (story) => {
  const scene = await stage(story, { catalogue: 'linkai', till: 'manual', movable: true });
  const world = await runOut(scene);
  await inEachLook(scene, async (windowOf, say) => {
    const told = async (person, anywhere, ofPlan) => {
      const page = await windowOf(person);
      for (const [path, text] of [
        ['general', anywhere],
        ['plan', ofPlan],
      ]) {
        await visit(page, person, path);
        await page.getByText(say(text)).first().waitFor();
        await inspect(page, text);
      }
    };
    await told(world.tried, 'See the plans', 'Plans and prices');
    await told(world.late, 'See the open invoice', 'A payment failed');
    const page = await windowOf(world.over);
    const restricted = page.getByText(/is restricted|está restringido/).first();
    await page.goto(`/w/${world.over.workspace}/inbox/all`);
    await restricted.waitFor();
    await inspect(page, 'a restricted workspace');
    await visit(page, world.over, 'plan');
    await restricted.waitFor();
    await inspect(page, 'the plan of a restricted workspace');
    const crowded = await windowOf(world.crowded);
    await visit(crowded, world.crowded, 'members');
    await crowded.getByText(say('See what is over')).waitFor();
    await inspect(crowded, 'too many members and few credits');
    await visit(crowded, world.crowded, 'credits');
    await crowded.getByText(say('Few credits are left')).waitFor();
    await inspect(crowded, 'few credits');
  });
});

/** Somebody in each trouble: near the end of a trial, after it, with an overdue invoice, with too little of everything. */
async function runOut(scene) {
  const operator = new Operator(scene);
  operator.statePrices('linkai', { starter: 1900, growth: 4900, scale: 9900 });
  const [over, late] = [await scene.signUp('Ann'), await scene.signUp('Bea')];
  const comeBack = async (person) => {
    const { email } = person;
    person.cookie = (await scene.call('POST', '/api/v1/sessions', { email, password })).cookie;
  };
  const stands = async (person, state) => (await scene.as(person, 'GET', 'billing')).state === state;
  operator.assign({ person: late }, 'growth');
  await scene.pass(32);
  await comeBack(late);
  const invoices = async () => (await scene.as(late, 'GET', 'billing/invoices')).items;
  await eventually('the next period is invoiced', async () => (await invoices()).length === 1);
  await scene.pass(8);
  const [tried, crowded] = [await scene.signUp('Cleo'), await scene.signUp('Dee')];
  for (const name of ['Eve', 'Fay', 'Gil', 'Hal', 'Ida']) await scene.join(crowded, name, 'member');
  await scene.pass(8);
  operator.assign({ person: crowded }, 'enterprise', 'askusers');
  operator.adjust({ person: crowded }, -1990);
  for (const person of [over, late, tried, crowded]) await comeBack(person);
  await eventually('the trial is over', () => stands(over, 'restricted'));
  await eventually('the invoice is overdue', () => stands(late, 'past_due'));
  return { over, late, tried, crowded };
}

test('paying by card is free of violations', async (story) => {
  const { settings, till } = await stripe(story);
  const scene = await stage(story, { catalogue: 'askusers', till: 'stripe', settings });
  till.tell(scene);
  const ann = await scene.signUp('Ann');
  new Operator(scene).statePrices('askusers', { individual: 1900 });
  const nia = await scene.signUp('Nia');
  const buy = (body) => scene.as(ann, 'POST', 'billing/checkouts', body);
  const paid = await buy({ kind: 'plan', plan: 'enterprise', interval: 'month' });
  const card = new URLSearchParams({ card: 'pm_card_visa' });
  await fetch(paid.url, { method: 'POST', body: card, redirect: 'manual' });
  await eventually(
    'the plan is paid',
    async () => (await scene.as(ann, 'GET', 'billing')).plan === 'enterprise',
  );
  const waits = await buy({ kind: 'credits', addon: 'team_credits_pack', quantity: 1 });
  await inEachLook(scene, async (windowOf, say) => {
    const page = await windowOf(ann);
    const see = async (path, text, name) => {
      await visit(page, ann, path);
      await page.getByText(text).first().waitFor();
      await inspect(page, name);
    };
    await see('plan', say('Change the card and see receipts'), 'a card');
    await see(`billing?checkout=${paid.id}`, say('Paid'), 'a purchase that was paid');
    await see(`billing?checkout=${waits.id}`, say('Waiting for the payment'), 'a purchase that waits');
    await see(`billing?checkout=${waits.id}&outcome=cancelled`, say('Not paid'), 'a purchase that was left');
    await inspectNewcomer(await windowOf(nia), nia, say);
  });
});

/** What somebody sees whose workspace begins with its first payment. */
async function inspectNewcomer(page, nia, say) {
  await page.goto(`/w/${nia.workspace}/inbox/all`);
  await page.getByText(say('Choose a plan and pay it to begin.')).waitFor();
  await inspect(page, 'a workspace that has not begun');
  await visit(page, nia, 'general');
  await page.getByText(say('This workspace begins once a plan is paid.')).waitFor();
  await inspect(page, 'settings of a workspace that has not begun');
  await visit(page, nia, 'plan');
  await page.getByText(say('Choose a plan and pay it to begin')).waitFor();
  await inspect(page, 'the plans of a workspace that has not begun');
}
