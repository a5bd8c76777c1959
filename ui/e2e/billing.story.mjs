// What a workspace has, uses and pays: a plan is ordered, a seat is missing and its price known, nothing is a surprise.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Customer, Operator } from './money.mjs';
import { Inbox } from './screens.mjs';
import { eventually, stage } from './stage.mjs';

/** Longer than any month. */
const MONTH = 32;
/** Longer than an invoice may stay open. */
const PAYMENT_TIME = 15;
/** Longer than it is reminded of then. */
const REMINDERS = 6;

test('a team buys a plan and seats by invoice, and knows each price before (PLAN-019, BIL-033, R22)', async (story) => {
  const scene = await stage(story, { catalogue: 'askusers', till: 'manual' });
  const ann = await scene.signUp('Ann');
  const page = await scene.window(ann);
  let eve;
  const dialog = page.getByRole('dialog');
  const open = (path) => page.goto(`/w/${ann.workspace}/settings/${path}`);
  const cell = (row, column) =>
    page
      .getByRole('row', { name: new RegExp(`^${row}`) })
      .getByRole('cell')
      .nth(column);

  await scene.chapter(
    'the plans stand side by side, above them what is used (PLAN-019, PLAN-020, CRED-006)',
    async () => {
      await open('plan');
      await page
        .getByRole('columnheader', { name: /^Any other plan/ })
        .getByText('Your plan')
        .waitFor();
      await cell('Price by the month', 0).getByText('Price on request').waitFor();
      await cell('Price by the month', 1).getByText('$99.00').waitFor();
      await cell('Light seats', 1).getByText('Unlimited').waitFor();
      await page.getByText('Paid by the year').click();
      await cell('Price by the year', 1).getByText('$990.00').waitFor();
      await page.getByText('Paid by the month').click();
    },
  );

  await scene.chapter('what is due stands there before the click; then an invoice is open', async () => {
    await page.getByRole('button', { name: 'Choose Enterprise' }).click();
    await dialog.getByRole('row', { name: 'Due now $99.00' }).waitFor();
    await dialog.getByText('Then $99.00 every month.').waitFor();
    assert.equal((await scene.as(ann, 'GET', 'billing/invoices')).items.length, 0, 'looking costs nothing');
    await dialog.getByRole('button', { name: 'Order for $99.00' }).click();
    await page.getByRole('row', { name: /Open until .*\$99\.00/ }).waitFor();
    const document = page.waitForEvent('popup');
    await page.getByRole('link', { name: /^Open invoice/ }).click();
    const invoice = await document;
    await invoice.getByRole('heading', { name: /^Invoice/ }).waitFor();
    await invoice.getByText('99.00 USD').first().waitFor();
    await invoice.close();
  });

  await scene.chapter('once it is marked as paid the open window says so by itself (BIL-019)', async () => {
    new Operator(scene).paid();
    await page.getByRole('row', { name: /Paid .*\$99\.00/ }).waitFor();
  });

  await scene.chapter('who is one too many has a price, and a way to a seat (BIL-033, R22)', async () => {
    for (const name of ['Bo', 'Cy', 'Dee']) await scene.join(ann, name, 'member');
    eve = await scene.join(ann, 'Eve', 'member');
    await open('members?add=mail');
    await dialog.getByRole('textbox').first().fill('fay@example.com ');
    await dialog.getByText('No full seat is left of 5.').waitFor();
    await dialog.getByText(/This costs \$19\.00 more a month/).waitFor();
    await dialog.getByRole('link', { name: 'Buy 1 more' }).click();
    await dialog.getByRole('heading', { name: 'Extra Member Seat' }).waitFor();
    await dialog.getByLabel('How many').fill('2');
    await dialog.getByText('Then $38.00 more every month.').waitFor();
    await dialog.getByRole('button', { name: 'Order by invoice' }).click();
    await page.getByText('An invoice is open').waitFor();
  });

  await scene.chapter(
    'the pool of credits is there, and what a member may use of it is limited (CRED-013 … CRED-015)',
    async () => {
      await open('credits');
      await page.getByText('2,000 credits can be used').waitFor();
      await page.getByRole('row', { name: /Grant of the plan.*\+2,000/ }).waitFor();
      await page.getByRole('button', { name: 'Limit for Bo' }).click();
      await dialog.getByLabel('Credits a month').fill('250');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await page.getByRole('row', { name: /^Bo 0 250/ }).waitFor();
      await page.getByRole('button', { name: 'Buy credits…' }).click();
      await dialog.getByRole('row', { name: 'Due now $49.90' }).waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
    },
  );

  await scene.chapter('cancelling is said beforehand and taken back by one click', async () => {
    await open('plan');
    await page.getByRole('button', { name: 'Cancel the plan…' }).click();
    await dialog.getByText(/Nothing is due now/).waitFor();
    await dialog.getByRole('button', { name: /^Cancel on/ }).click();
    await page.getByText(/^Enterprise stays until/).waitFor();
    await page.getByRole('button', { name: 'Keep the plan' }).click();
    await page.getByRole('button', { name: 'Cancel the plan…' }).waitFor();
  });

  await scene.chapter('what is not sold is asked of the operator (PLAN-026)', async () => {
    await page.getByRole('button', { name: 'Ask…' }).click();
    await dialog.getByLabel('What you need').fill('Forty seats for December.');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Forty seats' }).getByText('Waits').waitFor();
  });

  await scene.chapter('a member compares, and is told why they change nothing (R14)', async () => {
    const hers = await scene.window(eve);
    await hers.goto(`/w/${ann.workspace}/settings/plan`);
    const choose = hers.getByRole('button', { name: 'Choose Any other plan' });
    await choose.and(hers.locator('[aria-disabled=true]')).waitFor();
    assert.equal(await hers.getByRole('link', { name: 'Invoices' }).count(), 0);
  });
});

test('what goes wrong with money is told on every screen, with what helps (E7, INV-35, INV-41)', async (story) => {
  const scene = await stage(story, { catalogue: 'askusers', till: 'manual', movable: true });
  const operator = new Operator(scene);
  const ann = await Customer.signUp(scene, 'Ann');
  const inbox = new Inbox(ann.page, ann.person);

  await scene.chapter('few credits, and where there are more (CRED-006)', async () => {
    operator.assign(ann, 'enterprise');
    operator.adjust(ann, -1700);
    await inbox.open();
    await ann.banner.getByText('Few credits are left: 300.').waitFor();
    await ann.banner.getByRole('link', { name: 'Buy credits' }).click();
    await ann.page.getByText('300 credits can be used').waitFor();
    operator.adjust(ann, 1700);
  });

  await scene.chapter('an invoice that is overdue, and where it is', async () => {
    await ann.comeBackAfter(MONTH);
    await ann.open('invoices');
    await ann.invoice('$99.00', 'Open until').waitFor();
    await ann.comeBackAfter(PAYMENT_TIME);
    await ann.banner.getByText('An invoice is overdue.').waitFor();
    await ann.banner.getByRole('link', { name: 'See the open invoice' }).click();
    await ann.invoice('$99.00', 'Open until').waitFor();
  });

  await scene.chapter(
    'after the last reminder one works no more, and once it is paid at once again',
    async () => {
      await ann.comeBackAfter(REMINDERS);
      await ann.page.getByRole('heading', { name: "Ann's Workspace is restricted" }).waitFor();
      operator.paid();
      // No stream tells a restricted workspace: it looks again when somebody comes back to its window.
      await eventually('it is open again', async () => {
        await ann.page.evaluate(() =>
          document.dispatchEvent(new Event('visibilitychange', { bubbles: true })),
        );
        return ann.page.getByRole('heading', { name: 'All open' }).isVisible();
      });
      await ann.open('invoices');
      await ann.invoice('$99.00', 'Paid').waitFor();
    },
  );
});

test('where the lowest plan costs something a newcomer pays before anything is had (INV-33, INV-41)', async (story) => {
  const scene = await stage(story, { catalogue: 'askusers', till: 'manual' });
  const operator = new Operator(scene);
  operator.statePrices('askusers', { individual: 1900 });
  const nia = await Customer.signUp(scene, 'Nia');
  const inbox = nia.page.getByRole('heading', { name: 'All open' });

  await scene.chapter('the first page says what it begins with, and leads there', async () => {
    await nia.page.getByRole('heading', { name: "Nia's Workspace begins once a plan is paid" }).waitFor();
    await nia.page.getByText(/Choose a plan and pay it to begin\.$/).waitFor();
    assert.equal(await inbox.count(), 0);
    await nia.open('general');
    await nia.banner.getByText('This workspace begins once a plan is paid.').waitFor();
    await nia.banner.getByRole('link', { name: 'Choose a plan' }).click();
    await nia.page.getByText('Choose a plan and pay it to begin').waitFor();
    await nia.choice('Any other plan').waitFor();
    assert.equal(await nia.page.getByText('Your plan').count(), 0, 'it is nobody’s yet');
  });

  await scene.chapter('an order is no payment; once it is paid one works', async () => {
    await nia.order('Any other plan', '$19.00');
    const { state, restricted_reason } = await scene.as(nia.person, 'GET', 'billing');
    assert.deepEqual([state, restricted_reason], ['restricted', 'never_paid']);
    await nia.banner.getByText(/Pay the open invoice to begin\.$/).waitFor();
    await nia.open('plan');
    await nia.page.getByText('Pay the open invoice to begin').waitFor();
    await nia.pay(operator, '$19.00');
    await nia.page.goto('/');
    await inbox.waitFor();
    await nia.open('plan');
    await nia.page.getByText('You are on Any other plan').waitFor();
  });
});
