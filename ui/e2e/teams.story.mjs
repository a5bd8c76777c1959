// Teams: set up from nothing, giving conversations out in turn, and what becomes of the work of who goes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Inbox, Members } from './screens.mjs';
import { eventually, stage } from './stage.mjs';

test('a team that takes turns is set up from nothing, on screens alone', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  const bo = await scene.join(ann, 'Bo', 'member');
  const cy = await scene.join(ann, 'Cy', 'member');
  const page = await scene.window(ann);
  const dialog = page.getByRole('dialog');
  const order = page.getByRole('list', { name: 'Members' }).getByRole('listitem');
  const next = page.getByRole('complementary').getByRole('listitem');
  /** A line is a number, the initials and the name. */
  const turns = async () => (await next.allInnerTexts()).map((text) => text.split('\n').at(-1));

  await scene.chapter('it is made with its members', async () => {
    await page.goto(`/w/${ann.workspace}/settings/teams`);
    await page.getByText('No team yet').waitFor();
    await page.getByRole('button', { name: 'New team' }).first().click();
    await dialog.getByLabel('Name').fill('Support');
    await dialog.getByRole('radio', { name: /^Round robin/ }).click();
    await dialog.getByRole('checkbox', { name: 'Bo' }).click();
    await dialog.getByRole('checkbox', { name: 'Cy' }).click();
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { level: 1, name: 'Support' }).waitFor();
    await eventually('whose turn it is', async () => (await turns()).join() === 'Bo,Cy,Bo');
  });

  await scene.chapter('the order changes with the keyboard alone (WCAG 2.5.7)', async () => {
    await page.getByRole('button', { name: 'Move Bo, 1 of 2' }).press('ArrowDown');
    await page.getByText('Bo is now 2 of 2').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Move Bo, 2 of 2' }).and(page.locator(':focus')).waitFor();
    await eventually('Cy is first', async () => (await order.first().textContent()).includes('Cy'));
    await page.reload();
    await order.first().getByText('Cy').waitFor();
    await next.first().getByText('Cy').waitFor();
  });

  await scene.chapter('a rule leads everything to it, after a rehearsal (OWN-12)', async () => {
    await page.goto(`/w/${ann.workspace}/settings/routing`);
    await page.getByRole('button', { name: 'New rule' }).click();
    await dialog.getByLabel('Name').fill('Everything to Support');
    await dialog.getByLabel('To the team').selectOption({ label: 'Support' });
    await dialog.getByText('Everything goes to Support').waitFor();
    await dialog.getByRole('button', { name: 'Keep' }).click();
    await page.getByRole('button', { name: 'Rehearse…' }).click();
    await dialog.getByText('Nobody wrote in that time').waitFor();
    await dialog.getByRole('button', { name: 'Save the rules' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
  });

  await scene.chapter('visitors are given out in turn, past who is away (E5)', async () => {
    const mine = async (person) =>
      (await scene.as(person, 'GET', 'conversations?assignee_id=me')).items.map(
        (each) => each.customer.display_name,
      );
    await scene.arrive(ann, { name: 'Abel', text: 'One' });
    await scene.arrive(ann, { name: 'Bea', text: 'Two' });
    await eventually(
      'each has one',
      async () => (await mine(cy)).length === 1 && (await mine(bo)).length === 1,
    );
    assert.deepEqual([await mine(cy), await mine(bo)], [['Abel'], ['Bea']]);

    const cyPage = await scene.window(cy);
    await cyPage.goto(`/w/${cy.workspace}/inbox/mine`);
    await cyPage.getByRole('button', { name: 'Your account' }).click();
    await cyPage.getByRole('menuitemradio', { name: /^Away/ }).click();
    await cyPage.getByRole('button', { name: 'Your account' }).getByText('Away').waitFor();
    // The window shows it at once; the house has to have heard of it before the next visitor comes.
    await eventually('Cy is away', async () => {
      const { status } = await scene.as(cy, 'GET', `members/${cy.member}/availability`);
      return status === 'away';
    });
    await scene.arrive(ann, { name: 'Cal', text: 'Three' });
    await eventually('Bo has it', async () => (await mine(bo)).includes('Cal'));
    await page.goto(`/w/${ann.workspace}/settings/teams`);
    await page
      .getByRole('main')
      .getByRole('link', { name: /^Support/ })
      .click();
    await order.filter({ hasText: 'Cy' }).getByText('Away').waitFor();
  });
});

test('who is deactivated while holding five conversations leaves none behind (INV-09)', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  const bo = await scene.join(ann, 'Bo', 'member');
  const cy = await scene.join(ann, 'Cy', 'member');
  const team = await scene.as(ann, 'POST', 'teams', {
    name: 'Support',
    strategy: 'round_robin',
    member_ids: [bo.member, cy.member],
  });
  await scene.as(cy, 'PUT', `members/${cy.member}/availability`, { status: 'away' });
  for (const name of ['Abel', 'Bea', 'Cal', 'Dora', 'Eli']) {
    const { conversation } = await scene.arrive(ann, { name, text: 'Hello' });
    await scene.as(ann, 'PUT', `conversations/${conversation}/assignment`, { team_id: team.id });
  }
  const mine = async (person) => (await scene.as(person, 'GET', 'conversations?assignee_id=me')).items.length;
  await eventually('Bo holds five', async () => (await mine(bo)) === 5);
  await scene.as(cy, 'PUT', `members/${cy.member}/availability`, { status: 'available' });
  const annPage = await scene.window(ann);
  const cyPage = await scene.window(cy);
  const members = new Members(annPage, ann);
  const inbox = new Inbox(cyPage, cy);
  await inbox.open('mine');
  await cyPage.getByText('You are all caught up').waitFor();

  await scene.chapter('the dialog says what goes back, the receipt what went', async () => {
    await members.open();
    await members.choose('Bo', 'Deactivate…');
    await members.dialog.getByText('5 open conversations go back to the queue.').waitFor();
    await members.confirm('Deactivate');
    await members.dialog.getByText('Bo is deactivated').waitFor();
    await members.dialog.getByText('5 conversations went back').waitFor();
    await members.confirm('Done');
  });

  await scene.chapter('they are given to who is there, in an open window', async () => {
    await inbox.row('Eli').waitFor();
    await eventually('all five are there', async () => (await inbox.rows.count()) === 5);
    assert.equal(await mine(cy), 5);
    const [{ id }] = (await scene.as(cy, 'GET', 'conversations?assignee_id=me')).items;
    const decisions = await scene.as(ann, 'GET', `conversations/${id}/assignment-decisions`);
    assert.equal(decisions.items[0].chosen.id, cy.member, 'the decision tells who and why');
  });
});
