// Roles, permission sets and the policy pack: changed in one window they change what the other window offers, every
// refusal explains itself, and one can look before one decides.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { focused, Inbox, Roles } from './screens.mjs';
import { eventually, password, stage } from './stage.mjs';

test('a role is made, looked through and changed while somebody works with it', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  const bo = await scene.join(ann, 'Bo', 'viewer');
  const { conversation } = await scene.arrive(ann, {
    name: 'Vera Lindqvist',
    email: 'vera@example.com',
    text: 'Is anybody there?',
  });
  const page = await scene.window(ann);
  const roles = new Roles(page, ann);
  const other = await scene.window(bo);
  const inbox = new Inbox(other, bo);
  let role;

  await scene.chapter('a new role begins from the one it is like (ROL-084, ROL-085)', async () => {
    await roles.open();
    await page.getByRole('button', { name: 'New role' }).click();
    const dialog = page.getByRole('dialog', { name: 'New role' });
    await dialog.getByLabel('Name').fill('Sales Agent');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('complementary', { name: 'Sales Agent' }).waitFor();
  });

  await scene.chapter('a built-in role says why it stays as it is, and is duplicated (ROL-086)', async () => {
    await roles.open();
    await (await roles.cell('Reply to customers', 'Agent')).press('Space');
    await page.getByText('Agent is built in.').first().waitFor();
    await page.getByRole('button', { name: 'Duplicate Agent' }).click();
    const dialog = page.getByRole('dialog', { name: 'Duplicate Agent' });
    await dialog.getByLabel('Name').fill('Night shift');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('complementary', { name: 'Night shift' }).waitFor();
    const found = await scene.as(ann, 'GET', 'roles');
    role = found.items.find(({ label }) => label === 'Night shift');
    await scene.as(ann, 'PUT', `members/${bo.member}/role`, { role_key: role.key });
    await roles.head('Night shift').getByText('1 person').waitFor();
  });

  await scene.chapter('arrows move and Space changes; what belongs together changes along', async () => {
    const see = await roles.cell('See conversations', 'Night shift');
    await see.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await focused(see);
    await page.keyboard.press('Space');
    await page.getByText('Without “See conversations” this goes too:').waitFor();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    const reply = await roles.cell('Reply to customers', 'Night shift');
    await focused(reply);
    await page.keyboard.press('Space');
    await reply.filter({ hasText: 'Yes' }).waitFor();
    for (const changed of ['Hand back to the AI', 'Assign conversations', 'Close, snooze and reopen'])
      await (await roles.cell(changed, 'Night shift')).press('Space');
    await page.getByText('Night shift · Reply to customers: Own only → Yes').waitFor();
  });

  await scene.chapter(
    'unsaved changes are looked through, read-only, and are still there afterwards (OWN-2)',
    async () => {
      await page.getByRole('button', { name: 'Look around with these changes' }).click();
      const banner = page.getByRole('region', { name: 'Preview' });
      await banner.getByText('Looking as Night shift').waitFor();
      await page.getByRole('button', { name: /^Ann's Workspace Night shift/ }).waitFor();
      await page.locator('main [role=list]').getByRole('listitem').click();
      await page.locator('#reply').fill('Hello?');
      await page.locator('#reply').press('Control+Enter');
      await page.getByRole('button', { name: /^Send/ }).first().hover({ force: true });
      await page.getByRole('tooltip').getByText('Nothing is sent in a preview').waitFor();
      await page.getByRole('button', { name: 'Done', exact: true }).click();
      await page.getByText('Nothing was changed', { exact: true }).waitFor();
      assert.equal((await scene.as(ann, 'GET', `conversations/${conversation}`)).status, 'open');
      assert.equal((await scene.as(ann, 'GET', `conversations/${conversation}`)).last_outbound_seq, 0);
      await page.locator('body').click({ position: { x: 5, y: 200 } });
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.getByText('Night shift · Reply to customers: Own only → Yes').waitFor();
      await banner.waitFor({ state: 'detached' });
    },
  );

  await scene.chapter(
    'saving tells whom it concerns, and changes the other window at once (INV-12)',
    async () => {
      await inbox.open('all', conversation);
      await other.getByText('You can read this conversation, not answer it.').waitFor();
      await roles.bar.click();
      await roles.review.getByText('1 person affected').waitFor();
      await roles.review
        .getByRole('region', { name: 'Night shift' })
        .getByText('Reply to customers')
        .waitFor();
      await roles.review.getByRole('button', { name: 'Save', exact: true }).click();
      await roles.review.waitFor({ state: 'hidden' });
      await inbox.field.waitFor();
      await inbox.reply('Good evening.');
      await inbox.message('Good evening.').waitFor();
    },
  );

  await scene.chapter(
    'and back: the button stays, says why, and who can change it (R14, OWN-1)',
    async () => {
      const status = await roles.cell('Close, snooze and reopen', 'Night shift');
      await status.press('Space');
      await status.press('Space');
      await roles.save();
      const done = other.getByRole('button', { name: 'Done', exact: true });
      await eventually(
        'the button is refused',
        async () => (await done.getAttribute('aria-disabled')) === 'true',
      );
      await done.focus();
      await other.keyboard.press('Enter');
      const why = other.getByRole('dialog', { name: 'Why is this not possible?' });
      await why.getByText('Night shift does not grant it.').waitFor();
      await why.getByText('Ann', { exact: true }).waitFor();
      await other.keyboard.press('Escape');
      await why.waitFor({ state: 'hidden' });
      await focused(done);
    },
  );

  await scene.chapter('anybody’s access to anything is checked', async () => {
    await page.getByRole('button', { name: 'Check access' }).click();
    const check = page.getByRole('dialog', { name: 'Check access' });
    await check.getByLabel('Member').selectOption({ label: 'Bo' });
    await check.getByLabel('Permission').selectOption({ label: 'Close, snooze and reopen' });
    await check.getByText('Bo is not allowed to do this').waitFor();
    await check.getByLabel('Permission').selectOption({ label: 'See conversations' });
    await check.getByLabel('Conversation or customer').fill(other.url());
    await check.getByText('Bo is allowed to do this').waitFor();
    await page.keyboard.press('Escape');
  });

  await scene.chapter('two roles are compared, and a permission is found by its words', async () => {
    await page
      .getByRole('complementary', { name: 'Night shift' })
      .getByLabel('Compare with')
      .selectOption('agent');
    await page.getByText('Comparing Night shift and Agent').waitFor();
    await roles.row('Read notes').waitFor({ state: 'detached' });
    await roles.row('Reply to customers').waitFor();
    assert.match(page.url(), /with=agent/);
    await page.getByRole('button', { name: 'End the comparison' }).click();
    await page.getByLabel('Find a permission').fill('export cust');
    await roles.row('Reply to customers').waitFor({ state: 'detached' });
    await roles.row('Export customers').waitFor();
  });

  await scene.chapter(
    'as a viewer one sees no address in full, and no more than a viewer may do',
    async () => {
      await roles.open('?role=viewer');
      await page.getByRole('button', { name: 'Look around as Viewer' }).click();
      await page.getByText('Looking as Viewer').waitFor();
      await page.goto(`/w/${ann.workspace}/inbox/all/${conversation}`);
      await page.getByText('You can read this conversation, not answer it.').waitFor();
      await page.getByText('v***@example.com').waitFor();
      assert.equal(await page.getByText('vera@example.com').count(), 0);
      await page.getByRole('button', { name: 'Exit' }).click();
      await roles.grid.waitFor();
      await new Inbox(page, ann).open('all', conversation);
      await page.getByText('vera@example.com').waitFor();
    },
  );
});

test('a permission set adds to the role of those who have it (ROL-073)', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  const bo = await scene.join(ann, 'Bo', 'admin');
  const page = await scene.window(ann);
  const grid = page.getByRole('grid');

  await scene.chapter('it is made empty, and filled in a matrix of its own', async () => {
    await page.goto(`/w/${ann.workspace}/settings/permission-sets`);
    await page.getByText('No permission sets yet').waitFor();
    await page.getByRole('button', { name: 'New permission set' }).first().click();
    await page.getByLabel('Name').fill('Handing over');
    await page.getByRole('button', { name: 'Create' }).click();
    await grid.waitFor();
    await page.getByLabel('Find a permission').fill('hand over own');
    await grid.getByRole('gridcell').getByRole('button').click();
    await page.getByText('Handing over · Hand over ownership: No → Yes').waitFor();
  });

  await scene.chapter('what comes close to owning asks for the password again, and goes on', async () => {
    // As the server answers when the last proof is more than ten minutes old.
    const stale = { status: 403, code: 'session.confirmation_required' };
    await page.route('**/permission-sets/*', (route) => route.fulfill({ status: 403, json: stale }), {
      times: 1,
    });
    await page.getByRole('button', { name: 'Review and save' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const confirm = page.getByRole('dialog', { name: 'Confirm that it is you' });
    await confirm.getByLabel('Your password').fill('not the right one');
    await confirm.getByRole('button', { name: 'Confirm' }).click();
    await confirm.locator('[role=alert], [aria-invalid]').first().waitFor();
    await confirm.getByLabel('Your password').fill(password);
    await confirm.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('Saved and in effect', { exact: true }).waitFor();
    await page.getByText('1 unsaved change').waitFor({ state: 'detached' });
  });

  await scene.chapter('who has it is told, and it is deleted by its name', async () => {
    const [set] = await inPage(page, 'GET', `workspaces/${ann.workspace}/permission-sets`).then(
      (list) => list.items,
    );
    const sets = { permission_set_ids: [set.id] };
    await inPage(page, 'PUT', `workspaces/${ann.workspace}/members/${bo.member}/permission-sets`, sets);
    await page.getByRole('button', { name: '1 person has it' }).click();
    const pane = page.getByRole('complementary', { name: 'Handing over' });
    await pane.getByRole('link', { name: 'Bo' }).waitFor();
    await pane.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete Handing over?' });
    await dialog.getByLabel('Type “Handing over” to confirm').fill('Handing over');
    await dialog.getByRole('button', { name: 'Delete the permission set' }).click();
    await page.getByText('No permission sets yet').waitFor();
  });
});

test('a switch of the policy pack is looked at before it is made (OWN-14)', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  const bo = await scene.join(ann, 'Bo', 'viewer');
  const page = await scene.window(ann);
  const other = await scene.window(bo);

  await scene.chapter(
    'what everybody gains and loses is told, and follows the role chosen for them',
    async () => {
      await page.goto(`/w/${ann.workspace}/settings/policy-pack`);
      await page.getByRole('region', { name: 'Default' }).getByText('In use').waitFor();
      await page.getByRole('button', { name: 'Preview the switch to AIsoule WhatsApp team inbox' }).click();
      const people = page.getByRole('region', { name: 'What it means for everybody' });
      const row = people.getByRole('listitem').filter({ hasText: 'Bo' }).first();
      await row.getByText('Custom', { exact: true }).waitFor();
      await page.getByLabel('Viewer becomes').selectOption({ label: 'Agent' });
      await row.getByText('Agent', { exact: true }).waitFor();
      await row.locator('summary').click();
      await row.getByText('Reply to customers', { exact: true }).waitFor();
    },
  );

  await scene.chapter('it takes the pack’s name, and holds for everybody at once', async () => {
    await other.goto(`/w/${ann.workspace}/inbox/all`);
    await other.getByRole('button', { name: /^Ann's Workspace Viewer/ }).waitFor();
    await page.getByRole('button', { name: 'Switch to AIsoule WhatsApp team inbox…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Switch to AIsoule WhatsApp team inbox?' });
    await dialog.getByLabel(/^Type/).fill('AIsoule WhatsApp team inbox');
    await dialog.getByRole('button', { name: 'Switch', exact: true }).click();
    await page.getByRole('region', { name: 'AIsoule WhatsApp team inbox' }).getByText('In use').waitFor();
    await other.getByRole('button', { name: /^Ann's Workspace Agent/ }).waitFor();
  });

  await scene.chapter(
    'its ten switches are a simple view of the same permissions (ROL-087 … ROL-096)',
    async () => {
      const roles = new Roles(page, ann);
      await roles.open();
      await page.getByRole('button', { name: 'New role' }).click();
      await page.getByRole('dialog', { name: 'New role' }).getByLabel('Name').fill('Campaigner');
      await page.getByRole('button', { name: 'Create' }).click();
      await page.getByRole('complementary', { name: 'Campaigner' }).waitFor();
      await page.getByLabel('Simple view').click();
      await eventually('ten switches', async () => (await roles.grid.getByRole('rowheader').count()) === 10);
      await (await roles.cell('Write campaigns', 'Campaigner')).click();
      await roles.save();
      await page.getByLabel('Simple view').click();
      for (const permission of ['See campaigns', 'Make and edit campaigns', 'Launch campaigns'])
        await (await roles.cell(permission, 'Campaigner')).filter({ hasText: 'Yes' }).waitFor();
    },
  );
});

/** A request of the window itself: its session may have got another cookie since. */
function inPage(page, method, path, body) {
  return page.evaluate(
    async ([method, path, body]) => {
      const headers = { 'content-type': 'application/json' };
      const init = body ? { method, headers, body: JSON.stringify(body) } : { method };
      return (await fetch(`/api/v1/${path}`, init)).json();
    },
    [method, path, body],
  );
}
