// The operator's console and a workspace side by side: what one asks for or orders, the other answers and takes in, and
// each window shows it without being loaded again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, stage } from './stage.mjs';

/** Whoever opens the link that the first start prints operates the server. */
const setUp = (scene) =>
  scene.signUp('Rex', { setup_token: scene.server.printed.match(/\/setup\/([\w-]+)/)[1] });

test('an owner asks and orders, and the operator answers and takes the money (PLAN-026, BIL-034)', async (story) => {
  const scene = await stage(story, { catalogue: 'askusers', till: 'manual' });
  const rex = await setUp(scene);
  const ann = await scene.signUp('Ann');
  const [hers, his] = [await scene.window(ann), await scene.window(rex)];
  const dialog = { hers: hers.getByRole('dialog'), his: his.getByRole('dialog') };
  const inConsole = (name) =>
    his.getByRole('navigation', { name: 'This server' }).getByRole('link', { name });
  const invoice = (state) => hers.getByRole('row').filter({ hasText: state });

  await scene.chapter('who operates nothing is told so; who does finds it in the account menu', async () => {
    await hers.goto('/admin/invoices');
    await hers.getByRole('heading', { name: 'You do not operate this server' }).waitFor();
    await hers.getByText('guildhall admin operator grant ann@example.com').waitFor();
    await his.goto('/');
    await his.getByRole('button', { name: /Your account$/ }).click();
    await his.getByRole('menuitem', { name: 'Operate this server' }).click();
    await his.getByRole('heading', { name: 'Workspaces', level: 1 }).waitFor();
  });

  await scene.chapter('a workspace is found, and put on a plan; its owner sees that come', async () => {
    await hers.goto(`/w/${ann.workspace}/settings/plan`);
    await hers.getByText('You are on Any other plan').waitFor();
    await his.getByRole('searchbox', { name: 'Find a workspace by its name or id' }).fill('ann');
    await his
      .getByRole('link', { name: /^Rex's Workspace/ })
      .nth(1)
      .waitFor({ state: 'hidden' });
    await his.getByRole('link', { name: /^Ann's Workspace/ }).click();
    await his.getByRole('heading', { name: "Ann's Workspace" }).waitFor();
    await his.getByRole('button', { name: 'Assign a plan…' }).click();
    await dialog.his.getByLabel('Plan', { exact: true }).selectOption('Enterprise');
    await dialog.his.getByText('Price: $99.00. Full seats included: 5. Credits a month: 2,000.').waitFor();
    await dialog.his.getByRole('button', { name: 'Assign', exact: true }).click();
    await dialog.his.waitFor({ state: 'hidden' });
    await his.getByText('1 of 5').first().waitFor();
    await hers.getByText('You are on Enterprise').waitFor();
  });

  await scene.chapter('a request is answered, and the answer stands where it was asked', async () => {
    await hers.getByRole('button', { name: 'Ask…' }).click();
    await dialog.hers.getByLabel('What you need').fill('Forty seats for December.');
    await dialog.hers.getByRole('button', { name: 'Send' }).click();
    const request = hers.getByRole('listitem').filter({ hasText: 'Forty seats' });
    await request.getByText('Waits').waitFor();
    await inConsole('Requests').click();
    await his.getByText('Forty seats for December.').waitFor();
    await his.getByRole('button', { name: "Answer Ann of Ann's Workspace…" }).click();
    await dialog.his.getByRole('button', { name: 'Send the answer' }).click();
    // Nobody is answered without a word.
    await dialog.his.getByRole('textbox').and(his.locator('[aria-invalid=true]')).waitFor();
    await dialog.his.getByLabel('What you say to them').fill('They are yours until January.');
    await dialog.his.getByRole('button', { name: 'Send the answer' }).click();
    await dialog.his.waitFor({ state: 'hidden' });
    await his.getByText('Nobody waits for an answer').waitFor();
    await request.getByText('Granted').waitFor();
    await request.getByText('Answer: They are yours until January.').waitFor();
  });

  await scene.chapter('who invoices are from is said once, and refused where it is too much', async () => {
    await inConsole('Invoices').click();
    await his.getByText('Invoices name no seller yet').waitFor();
    await his.getByRole('button', { name: 'Say who they are from…' }).click();
    const details = dialog.his.getByLabel('Address and tax number');
    await dialog.his.getByLabel('Name').fill('Harbour Supplies');
    await details.fill(`${'x\n'.repeat(11)}x`);
    await dialog.his.getByRole('button', { name: 'Save' }).click();
    await dialog.his.getByText('Use at most 10 lines and 1,000 characters.').waitFor();
    await details.fill('1 Pier Road\nVAT 7');
    await dialog.his.getByRole('button', { name: 'Save' }).click();
    await dialog.his.waitFor({ state: 'hidden' });
    await his.getByText('Invoices name no seller yet').waitFor({ state: 'hidden' });
    await his.getByRole('button', { name: 'Who they are from…' }).click();
    assert.equal(await details.inputValue(), '1 Pier Road\nVAT 7');
    await dialog.his.getByRole('button', { name: 'Cancel' }).click();
  });

  await scene.chapter('whom invoices are for is said by the workspace', async () => {
    await hers.goto(`/w/${ann.workspace}/settings/invoices`);
    await hers.getByRole('button', { name: 'Whom they are for…' }).click();
    await dialog.hers.getByLabel('Name').fill('Acme Holding');
    await dialog.hers.getByLabel('Address and tax number').fill('2 Quay\nVAT 8');
    await dialog.hers.getByRole('button', { name: 'Save' }).click();
    await hers.getByText('The next invoice is for Acme Holding', { exact: true }).waitFor();
    await hers.getByRole('button', { name: 'Whom they are for…' }).click();
    assert.equal(await dialog.hers.getByLabel('Address and tax number').inputValue(), '2 Quay\nVAT 8');
    await dialog.hers.getByRole('button', { name: 'Cancel' }).click();
  });

  await scene.chapter('what is ordered is had once its invoice is marked as paid', async () => {
    const order = { kind: 'credits', addon: 'team_credits_pack', quantity: 1 };
    await scene.as(ann, 'POST', 'billing/checkouts', order);
    await hers.goto(`/w/${ann.workspace}/settings/invoices`);
    await invoice('Open until').getByText('$49.90').waitFor();
    const [printed] = await Promise.all([
      hers.waitForEvent('popup'),
      hers.getByRole('link', { name: /^Open invoice / }).click(),
    ]);
    assert.equal(
      await printed.locator('address').innerHTML(),
      '<b>Harbour Supplies</b><br>1 Pier Road<br>VAT 7',
    );
    assert.equal(
      await printed.getByRole('definition').first().innerHTML(),
      '<b>Acme Holding</b><br>2 Quay<br>VAT 8',
    );
    await printed.close();
    const [{ number }] = (await scene.as(ann, 'GET', 'billing/invoices')).items;
    await his.getByRole('button', { name: `Mark as paid: ${number}` }).click();
    await dialog.his.getByRole('row', { name: 'Total $49.90' }).waitFor();
    await dialog.his.getByRole('button', { name: '$49.90 arrived' }).click();
    await dialog.his.waitFor({ state: 'hidden' });
    await his.getByText('No invoice waits').waitFor();
    await invoice('Paid').getByText('$49.90').waitFor();
    assert.equal((await scene.as(ann, 'GET', 'credits')).purchased, 1000);
  });

  await scene.chapter('an invoice is taken back, and what it was for is not had', async () => {
    const order = { kind: 'addon', addon: 'extra_member_seat', quantity: 2 };
    await scene.as(ann, 'POST', 'billing/checkouts', order);
    await invoice('Open until').waitFor();
    // His list looks again by itself.
    await his.getByRole('button', { name: /^Take back / }).click({ timeout: 30_000 });
    await dialog.his.getByRole('button', { name: 'Take the invoice back' }).click();
    await dialog.his.waitFor({ state: 'hidden' });
    await invoice('Taken back').waitFor();
    assert.equal((await scene.as(ann, 'GET', 'billing/seats')).full.cap, 5);
    await his.getByLabel('State').selectOption('Were taken back');
    await his.getByRole('button', { name: /^Show the lines of / }).click();
    await dialog.his.getByText('Extra Member Seat × 2').waitFor();
    await dialog.his.getByRole('button', { name: 'Close' }).last().click();
  });
});

test('a plan catalogue is refused with the line that is wrong, and taken in once it is right', async (story) => {
  const scene = await stage(story, { catalogue: 'askusers', till: 'manual' });
  const page = await scene.window(await setUp(scene));
  const dialog = page.getByRole('dialog');
  const source = dialog.getByLabel('The catalogue in TOML');
  const load = dialog.getByRole('button', { name: 'Load', exact: true });

  await scene.chapter('what nobody can buy is named, with the reason', async () => {
    await page.goto('/admin/catalogues');
    await page.getByRole('link', { name: /^AskUsers Enterprise/ }).click();
    const missing = page.getByRole('region', { name: 'Not for sale' });
    await missing.getByText('Any other plan').waitFor();
    await missing.getByText('Its price is not stated.').waitFor();
    await page
      .getByRole('row', { name: /^Price by the month/ })
      .getByText('$99.00')
      .waitFor();
  });

  await scene.chapter('the line that is wrong is selected, and what was written stays', async () => {
    await page.getByRole('button', { name: 'Write the next version…' }).click();
    const next = await source.inputValue();
    assert.match(next, /^version = 2$/m, 'a version is written once');
    await source.fill(next.replace('monthly = 9900', 'monthly = -1'));
    await load.click();
    await dialog.getByText(/^line \d+: -1/).waitFor();
    const selected = () =>
      source.evaluate((field) => field.value.slice(field.selectionStart, field.selectionEnd));
    await eventually('the line is selected', async () => (await selected()) === 'monthly = -1');
    await source.fill(next.replace('monthly = 9900', 'monthly = 8900'));
    await load.click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('askusers, version 2').first().waitFor();
    await page
      .getByRole('row', { name: /^Price by the month/ })
      .getByText('$89.00')
      .waitFor();
  });

  await scene.chapter('the older version stands beside it, with who is still on it', async () => {
    await page.getByRole('link', { name: 'Plan catalogues' }).last().click();
    const older = page.getByRole('link', { name: /AskUsers Enterprise.*version 1 .*Older version/ });
    await older.getByText('1 workspace').waitFor();
  });

  await scene.chapter(
    'a workspace is taken to the new version, with what that changes said before',
    async () => {
      await page
        .getByRole('navigation', { name: 'This server' })
        .getByRole('link', { name: 'Workspaces' })
        .click();
      await page
        .getByRole('main')
        .getByRole('link', { name: /^Rex's Workspace/ })
        .click();
      await page.getByRole('button', { name: 'Assign a plan…' }).click();
      await dialog.getByLabel('Plan', { exact: true }).selectOption('Enterprise');
      await dialog.getByText(/^So far Any other plan: /).waitFor();
      await dialog.getByText('Price: $89.00. Full seats included: 5. Credits a month: 2,000.').waitFor();
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('button', { name: 'Take version 2…' }).click();
      await dialog.getByText('Its newest version is taken; so far it stands on version 1.').waitFor();
      await dialog.getByRole('button', { name: 'Assign', exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
      await page.getByRole('link', { name: 'askusers, version 2' }).waitFor();
      await page.getByRole('button', { name: 'Take version 2…' }).waitFor({ state: 'hidden' });
    },
  );

  await scene.chapter('seats are written down where a contract states them, and nowhere else', async () => {
    const seats = page.getByRole('button', { name: 'Seats of the contract…' });
    assert.equal(await seats.getAttribute('aria-disabled'), 'true');
    await page.getByRole('button', { name: 'Assign a plan…' }).click();
    await dialog.getByLabel('Catalogue').selectOption({ value: 'kustomer' });
    await dialog.getByLabel('Plan', { exact: true }).selectOption({ value: 'with_collaborators' });
    await dialog.getByRole('button', { name: 'Assign', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('as the plan says').waitFor();
    await seats.click();
    const field = dialog.getByLabel('Full seats');
    await field.fill('0');
    await dialog.getByRole('button', { name: 'Write down' }).click();
    await dialog.getByText('Give a whole number from 1 to 10,000.').waitFor();
    await field.fill('40');
    await dialog.getByRole('button', { name: 'Write down' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('1 of 40').first().waitFor();
  });

  await scene.chapter('nothing went wrong with money', async () => {
    await page
      .getByRole('navigation', { name: 'This server' })
      .getByRole('link', { name: 'Payment troubles' })
      .click();
    await page.getByText('Nothing is wrong').waitFor();
  });
});
