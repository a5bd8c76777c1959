// What each shipped catalogue is like to live with: signing up, more people than are included, the price, paying, using
// what was paid for, and having less again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Customer, Operator } from './money.mjs';
import { Inbox, Members } from './screens.mjs';
import { eventually, stage } from './stage.mjs';

/** Longer than any month. */
const MONTH = 32;
/** Longer than too many people may stay. */
const GRACE = 15;

test('interlinked: every further person is billed as they come (PLAN-001, BIL-003)', async (story) => {
  const scene = await stage(story, { catalogue: 'interlinked', till: 'manual', movable: true });
  const operator = new Operator(scene);
  const ann = await Customer.signUp(scene, 'Ann');

  await scene.chapter(
    'Free is the owner alone, without customers; more have more (PLAN-001 … PLAN-017)',
    async () => {
      await ann.open('plan');
      await ann.page.getByText('You are on Free').waitFor();
      assert.deepEqual(await ann.compare('Full seats included'), ['1', '1', '3', '5', 'As agreed']);
      assert.deepEqual(await ann.compare('Full seats at most'), [
        '1',
        'Unlimited',
        'Unlimited',
        'Unlimited',
        'As agreed',
      ]);
      assert.deepEqual(await ann.compare('Each further seat by the month'), [
        'Not sold',
        '$15.00',
        '$15.00',
        '$10.00',
        'Price on request',
      ]);
      await ann.open('members');
      assert.match(await ann.why(ann.button('Invite')), /Your plan does not include this/);
      await ann.page.goto(`/w/${ann.person.workspace}/customers`);
      await ann.page
        .getByText(/^Your plan does not include this/)
        .first()
        .waitFor();
    },
  );

  await scene.chapter('a plan without a price is asked for, and assigned (PLAN-018, D4)', async () => {
    await ann.open('plan');
    assert.equal(await ann.why(ann.choice('Pro')), 'The price is on request: ask your operator.');
    await ann.button('Ask…').click();
    await ann.ask('Pro, for five of us.');
    operator.assign(ann, 'pro');
    await ann.open('plan');
    await ann.page.getByText('You are on Pro').waitFor();
  });

  await scene.chapter(
    'three are included, two more are $30 a month (BIL-001 … BIL-003, BIL-006)',
    async () => {
      await ann.invite('Bo', 'Cy');
      await ann.send('Bo', 'Cy');
      await ann.invite('Dee', 'Eve');
      await ann.dialog
        .getByText('This costs $30.00 more a month; for the rest of this period $30.00.')
        .waitFor();
      await ann.send('Dee', 'Eve');
      await ann.open('plan');
      await ann.page.getByRole('row', { name: /^Extra seat × 2 \$30\.00/ }).waitFor();
      await ann.page.getByRole('row', { name: 'Total $60.00' }).waitFor();
    },
  );

  await scene.chapter('who comes back costs a seat again, and that is said first (R22, INV-16)', async () => {
    const members = new Members(ann.page, ann.person);
    await members.open();
    await members.choose('Eve', 'Deactivate…');
    await members.confirm('Deactivate');
    await members.confirm('Done');
    await members.choose('Eve', 'Reactivate');
    await members.confirm('Cancel');
    await members.row('Eve').getByText('Deactivated').waitFor();
    await members.choose('Eve', 'Reactivate');
    await members.dialog.getByText(/This costs \$15\.00 more a month/).waitFor();
    await members.confirm('Reactivate');
    await members.row('Eve').getByText('Deactivated').waitFor({ state: 'detached' });
  });

  await scene.chapter('what was paid for is used: customers and colleagues (PLAN-018)', async () => {
    await ann.page.goto(`/w/${ann.person.workspace}/customers`);
    await ann.page.getByText('No customers yet').waitFor();
  });

  await scene.chapter('the month’s end brings the invoice, and it is paid (BIL-006)', async () => {
    await ann.comeBackAfter(MONTH);
    await ann.open('invoices');
    await ann.invoice('$60.00', 'Open until').waitFor();
    await ann.pay(operator, '$60.00');
  });

  await scene.chapter('back on Free there are too many, and nobody is lost (INV-17, INV-42)', async () => {
    await ann.downgrade('Free', /^Customers: not included/, 'Full seats: 5 in use, 1 in the plan.');
    await ann.comeBackAfter(MONTH);
    // Without conversations in the plan no window is told of changes: it is opened once there is one.
    await eventually(
      'Free begins',
      async () => (await scene.as(ann.person, 'GET', 'billing')).plan === 'free',
    );
    await ann.open('members');
    await ann.banner.getByText(/More is in use than the plan has/).waitFor();
    for (const name of ['Bo', 'Eve']) await new Members(ann.page, ann.person).row(name).waitFor();
    await ann.page.goto(`/w/${ann.person.workspace}/customers`);
    await ann.page
      .getByText(/^Your plan does not include this/)
      .first()
      .waitFor();
  });
});

test('linkai: each workspace is tried, then has a plan of its own (BIL-008, BIL-009, BIL-013)', async (story) => {
  const scene = await stage(story, { catalogue: 'linkai', till: 'manual', movable: true });
  const operator = new Operator(scene);
  operator.statePrices('linkai', { starter: 1900, growth: 4900, scale: 9900 });
  const ann = await Customer.signUp(scene, 'Ann');
  const bea = await Customer.signUp(scene, 'Bea');
  const visitor = await scene.arrive(bea.person, { name: 'Vera', email: 'vera@example.com', text: 'Hello' });

  await scene.chapter(
    'fourteen days with everything, and as many people as one likes (BIL-010, PLAN-021)',
    async () => {
      await ann.open('plan');
      await ann.page.getByText('You are trying Scale').waitFor();
      await ann.page.getByText(/14 days left/).waitFor();
      assert.deepEqual(await ann.compare('Price by the month'), ['$19.00', '$49.00', '$99.00']);
      await ann.invite('Bo', 'Cy', 'Dee');
      await ann.send('Bo', 'Cy', 'Dee');
    },
  );

  await scene.chapter(
    'when three days are left every screen tells, and a plan is chosen (BIL-014, BIL-024)',
    async () => {
      await scene.pass(11);
      await ann.signIn();
      await ann.banner.getByText('The trial ends in 3 days.').waitFor();
      await ann.order('Growth', '$49.00');
      await ann.pay(operator, '$49.00');
      await ann.banner.waitFor({ state: 'hidden' });
      await ann.open('plan');
      await ann.page.getByText(/Then Growth begins/).waitFor();
    },
  );

  await scene.chapter(
    'who chose nothing is restricted, alone, and loses nothing (BIL-012, BIL-027, INV-41)',
    async () => {
      await scene.pass(4);
      await bea.signIn();
      await bea.page
        .getByText(/is restricted/)
        .first()
        .waitFor();
      await scene.say(visitor.token, 'Is anybody there?');
      await bea.order('Starter', '$19.00');
      await bea.pay(operator, '$19.00');
      await bea.open('plan');
      await bea.page.getByText('You are on Starter').waitFor();
      const inbox = new Inbox(bea.page, bea.person);
      await inbox.open('all', visitor.conversation);
      await inbox.message('Is anybody there?').waitFor();
    },
  );

  await scene.chapter('the plan that was paid runs, and is worked with (BIL-016)', async () => {
    await ann.signIn();
    await ann.page.getByRole('heading', { name: 'All open' }).waitFor();
    await ann.open('plan');
    await ann.page.getByText('You are on Growth').waitFor();
  });

  await scene.chapter('a smaller plan begins when the period is over (BIL-018)', async () => {
    await ann.downgrade('Starter');
    await ann.comeBackAfter(MONTH);
    await ann.open('plan');
    await ann.page.getByText('You are on Starter').waitFor();
    await ann.open('invoices');
    await ann.invoice('$19.00', 'Open until').waitFor();
    await ann.pay(operator, '$19.00');
  });
});

test('kustomer: as the contract says, and light seats where the plan has them (PLAN-022)', async (story) => {
  const scene = await stage(story, { catalogue: 'kustomer', till: 'manual', movable: true });
  const operator = new Operator(scene);
  const ann = await Customer.signUp(scene, 'Ann');
  const seats = ann.dialog.getByLabel('Seat', { exact: true });

  await scene.chapter(
    'without collaborators in the plan none can be invited (PLAN-020, PLAN-022)',
    async () => {
      await ann.open('plan');
      await ann.page.getByText('You are on Plan without collaborator users').waitFor();
      assert.deepEqual(await ann.compare('Light seats (collaborators)'), ['0', 'Unlimited']);
      await ann.invite('Lia');
      await seats
        .locator('option[disabled]', { hasText: /^Light seat · Your plan does not include this/ })
        .waitFor({
          state: 'attached',
        });
    },
  );

  await scene.chapter('what is agreed becomes a catalogue, and the workspace is put on it (D4)', async () => {
    await ann.open('plan');
    assert.equal(
      await ann.why(ann.choice('Plan with collaborator users')),
      'The price is on request: ask your operator.',
    );
    await ann.button('Ask…').click();
    await ann.ask('Three agents and some who read along.');
    const prices = { without_collaborators: 150_000, with_collaborators: 250_000 };
    operator.statePrices('kustomer', prices, (text) =>
      text.replaceAll('included = "custom", max = "custom"', 'included = 3, max = 3'),
    );
    operator.assign(ann, 'with_collaborators', 'kustomer');
    await ann.open('plan');
    await ann.page.getByText('You are on Plan with collaborator users').waitFor();
  });

  await scene.chapter(
    'three have a full seat, others a light one; more is a matter of the contract (PLAN-026)',
    async () => {
      await ann.invite('Bo', 'Cy');
      await ann.dialog.getByText('2 full seats are left of 3. This costs nothing more.').waitFor();
      await ann.send('Bo', 'Cy');
      await ann.invite('Lia');
      await ann.dialog.getByText('No full seat is left of 3.').waitFor();
      await ann.dialog.getByRole('link', { name: 'Ask your operator' }).waitFor();
      assert.equal(await ann.dialog.getByRole('link', { name: /Buy|larger/ }).count(), 0);
      await seats.selectOption('collaborator');
      await ann.dialog.getByText('There is no seat for them yet').waitFor({ state: 'hidden' });
      await ann.send('Lia');
      await ann.open('members');
      await new Members(ann.page, ann.person).row('Lia').waitFor();
    },
  );

  await scene.chapter('the contract is invoiced by the month (BIL-015)', async () => {
    await ann.open('plan');
    await ann.page.getByRole('row', { name: 'Total $2,500.00' }).waitFor();
    await ann.comeBackAfter(MONTH);
    await ann.open('invoices');
    await ann.invoice('$2,500.00', 'Open until').waitFor();
    await ann.pay(operator, '$2,500.00');
  });

  await scene.chapter(
    'without them again there is one too many, and she stays for a while (INV-17)',
    async () => {
      await ann.downgrade('Plan without collaborator users', 'Light seats: 1 in use, 0 in the plan.');
      await ann.comeBackAfter(MONTH);
      await ann.banner.getByText(/More is in use than the plan has/).waitFor();
    },
  );
});

test('aisoule: so many seats and no more, a larger plan for more people (PLAN-023 … PLAN-026)', async (story) => {
  const scene = await stage(story, { catalogue: 'aisoule', till: 'manual', movable: true });
  const operator = new Operator(scene);
  operator.statePrices('aisoule', { free_trial: 0, growth: 4900, scale: 9900 });
  const ann = await Customer.signUp(scene, 'Ann');
  const members = new Members(ann.page, ann.person);

  await scene.chapter(
    'the trial has one seat, and the refusal says what helps (PLAN-023, PLAN-026)',
    async () => {
      await ann.open('plan');
      await ann.page.getByText('You are on Free Trial').waitFor();
      assert.deepEqual(await ann.compare('Full seats at most'), ['1', '5', '10']);
      await ann.invite('Bo');
      await ann.dialog.getByText('No full seat is left of 1.').waitFor();
      await ann.dialog.getByRole('link', { name: 'Ask your operator' }).waitFor();
      await ann.dialog.getByRole('link', { name: 'See larger plans' }).click();
      await ann.page.getByRole('heading', { name: 'Plans and prices' }).waitFor();
    },
  );

  await scene.chapter('Growth is ordered, paid and filled by five (PLAN-024)', async () => {
    await ann.order('Growth', '$49.00');
    await ann.pay(operator, '$49.00');
    await ann.invite('Bo', 'Cy', 'Dee', 'Eve');
    await ann.dialog.getByText('4 full seats are left of 5. This costs nothing more.').waitFor();
    await ann.send('Bo', 'Cy', 'Dee', 'Eve');
  });

  await scene.chapter('a sixth takes Scale, whose price is what it has more (PLAN-025, E6)', async () => {
    await ann.invite('Fay');
    await ann.dialog.getByText('No full seat is left of 5.').waitFor();
    await ann.order('Scale', '$50.00');
    await ann.pay(operator, '$50.00');
    await ann.invite('Fay');
    await ann.dialog.getByText('5 full seats are left of 10. This costs nothing more.').waitFor();
    await ann.send('Fay');
  });

  await scene.chapter(
    'on Growth again six are one too many, which is told with what follows (INV-17)',
    async () => {
      await ann.downgrade('Growth', 'Full seats: 6 in use, 5 in the plan.', /^Nobody is lost/);
      await ann.comeBackAfter(MONTH);
      await ann.open('members');
      await ann.banner.getByText(/More is in use than the plan has/).waitFor();
      await ann.banner.getByText(/After .* who joined last rests until there is a seat\./).waitFor();
      operator.paid();
    },
  );

  await scene.chapter('after two weeks who came last rests, and is back with a seat (INV-17)', async () => {
    await ann.comeBackAfter(GRACE);
    await ann.open('members');
    await members.row('Fay').getByText('Over the plan’s limit').waitFor();
    operator.assign(ann, 'scale');
    await scene.pass(0.01);
    await members.row('Fay').getByText('Over the plan’s limit').waitFor({ state: 'hidden' });
  });
});

test('askusers: a team shares slots and credits, and buys more of each (PLAN-027 … PLAN-034)', async (story) => {
  const scene = await stage(story, { catalogue: 'askusers', till: 'manual', movable: true });
  const operator = new Operator(scene);
  const ann = await Customer.signUp(scene, 'Ann');

  await scene.chapter('one works together on Enterprise alone (PLAN-027 … PLAN-032)', async () => {
    await ann.open('members');
    assert.match(await ann.why(ann.button('Invite')), /Your plan does not include this/);
    // Where the plan can have no more, what is sold beside it says so.
    await ann.open('members');
    assert.match(await ann.why(ann.button('Add Member Seat')), /This plan has no room for more of it/);
    await ann.open('plan');
    assert.deepEqual(await ann.compare('Price by the month'), ['Price on request', '$99.00']);
    assert.deepEqual(await ann.compare('Credits by the month'), ['As agreed', '2,000']);
    assert.deepEqual(await ann.compare('Businesses included'), ['1', '5']);
    for (const price of ['$19.00 a month', '$29.00 a month', '$49.90 once'])
      await ann.page.getByText(price).waitFor();
    await ann.page.getByText('Paid by the year').click();
    assert.deepEqual(await ann.compare('Price by the year'), ['Price on request', '$990.00']);
    await ann.order('Enterprise', '$99.00');
    await ann.pay(operator, '$99.00');
    await ann.invite('Bo', 'Cy', 'Dee', 'Eve');
    await ann.send('Bo', 'Cy', 'Dee', 'Eve');
  });

  await scene.chapter(
    'a sixth takes a slot, bought where it is missing (BIL-033, BIL-038 … BIL-040)',
    async () => {
      await ann.invite('Fay');
      await ann.dialog.getByText('No full seat is left of 5.').waitFor();
      await ann.dialog.getByText(/This costs \$19\.00 more a month/).waitFor();
      await ann.dialog.getByRole('link', { name: 'Buy 1 more' }).click();
      await ann.dialog.getByText('Then $19.00 more every month.').waitFor();
      await ann.dialog.getByRole('button', { name: 'Order by invoice' }).click();
      await ann.page.getByText('An invoice is open').waitFor();
      operator.paid();
      await ann.page.getByText('you have what you bought').waitFor();
      await ann.invite('Fay');
      await ann.dialog.getByText('1 full seat is left of 6. This costs nothing more.').waitFor();
      await ann.send('Fay');
    },
  );

  await scene.chapter(
    'more room is bought on the team’s own page, and what is elsewhere is found (UX-004, UX-015 … UX-017)',
    async () => {
      const at = (path) => ann.page.waitForURL(`**/w/${ann.person.workspace}/settings/${path}`);
      await ann.open('team');
      await at('members');
      await ann.button('Add Member Seat').waitFor();
      await ann.button('Add Business Slot').click();
      await ann.dialog.getByRole('heading', { name: 'Extra Business Slot' }).waitFor();
      await ann.dialog.getByText('Then $29.00 more every month.').waitFor();
      await ann.dialog.getByRole('button', { name: 'Order by invoice' }).click();
      await ann.page.getByText('An invoice is open').waitFor();
      operator.paid();
      await ann.page.getByText('you have what you bought').waitFor();
      await ann.open('billing');
      await at('plan');
      await ann.page.getByText('1 of 6').first().waitFor();
      await ann.open('team/credits');
      await at('credits');
    },
  );

  await scene.chapter('a pack of credits joins the team’s pool (BIL-035, BIL-043, CRED-016)', async () => {
    await ann.open('credits');
    await ann.page.getByText('2,000 credits can be used').waitFor();
    await ann.button('Buy credits…').click();
    await ann.dialog.getByRole('row', { name: 'Due now $49.90' }).waitFor();
    await ann.dialog.getByRole('button', { name: 'Order by invoice' }).click();
    await ann.page.getByText('An invoice is open').waitFor();
    operator.paid();
    await ann.open('credits');
    await ann.page.getByText('3,000 credits can be used').waitFor();
    await ann.page.getByRole('row', { name: /Bought.*\+1,000/ }).waitFor();
  });

  await scene.chapter(
    'a slot is given back with the period, and is then missing (BIL-049, INV-17)',
    async () => {
      await ann.open('plan');
      await ann.button('Fewer: Extra Member Seat').click();
      await ann.dialog.getByText(/^You have 1\. What is paid stays until/).waitFor();
      await ann.dialog.getByRole('button', { name: 'Save' }).click();
      await ann.page.getByText(/^You have 1\. From .* on 0\.$/).waitFor();
      await ann.comeBackAfter(MONTH);
      await ann.open('members');
      await ann.banner.getByText(/More is in use than the plan has/).waitFor();
      await ann.page.getByText('6 of 5').waitFor();
    },
  );
});
