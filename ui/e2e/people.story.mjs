// People come, change and go: what one does in Settings → Members and General, colleagues see at once in their windows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Inbox, Members } from './screens.mjs';
import { eventually, password, stage } from './stage.mjs';

test('people are added by mail and directly', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  const page = await scene.window(ann);
  const members = new Members(page, ann);

  await scene.chapter(
    'several at once, each with an answer of its own (MEM-004 … MEM-008, MEM-029, SEC-001)',
    async () => {
      await members.open();
      await page.getByText('You are alone here').waitFor();
      await page.getByText('Start with two or three', { exact: false }).waitFor();
      await page.getByRole('button', { name: 'Invite', exact: true }).click();
      await members.dialog.getByRole('region', { name: 'What Member may do' }).waitFor();
      await members.dialog.getByLabel('Role').selectOption({ label: 'Viewer' });
      const access = members.dialog.getByRole('region', { name: 'What Viewer may do' });
      await access.getByRole('listitem').filter({ hasText: 'in full' }).getByText('Masked').waitFor();
      const field = members.dialog.getByLabel('E-mail addresses');
      await field.fill('Mo Ray <mo@example.com>; kim@example.com ann@example.com,');
      await field.press('Enter');
      await members.confirm('Send 3 invitations');
      await members.dialog
        .getByRole('alert')
        .getByText('This address belongs to a member already.')
        .waitFor();
      await page.getByText('2 invitations sent', { exact: true }).waitFor();
      await members.dialog.getByRole('button', { name: 'Take ann@example.com out' }).waitFor();
      await members.confirm('Cancel');
    },
  );

  await scene.chapter(
    'what waits for an answer can be sent again and withdrawn (MEM-015 … MEM-017)',
    async () => {
      await page.getByRole('link', { name: /^Invitations/ }).click();
      await members.row('mo@example.com').getByText('in 14 days').waitFor();
      await members.row('mo@example.com').getByText('Ann').waitFor();
      await page.getByText('look among spam and junk, compare the address above').waitFor();
      const first = await scene.mailed('mo@example.com', '/invite/');
      await page.getByRole('button', { name: 'Send again to mo@example.com' }).click();
      await page.getByText('Sent again to mo@example.com', { exact: true }).waitFor();
      await eventually(
        'a new link',
        async () => (await scene.mailed('mo@example.com', '/invite/')) !== first,
      );
      await page.getByRole('button', { name: 'Withdraw the invitation of kim@example.com' }).click();
      await members.confirm('Withdraw');
      await members.row('kim@example.com').waitFor({ state: 'detached' });
    },
  );

  await scene.chapter(
    'a new user with a generated password changes it before anything else (MEM-021 … MEM-026, SEC-006)',
    async () => {
      await page.getByRole('button', { name: 'New user' }).click();
      await members.dialog.getByLabel('Full name').fill('Nora Quill');
      await members.dialog.getByLabel('E-mail').fill('nora@example.com');
      await members.dialog.getByLabel('Role').selectOption({ label: 'Agent' });
      await members.dialog.getByLabel('Make one for them').click();
      await members.confirm('Create');
      await members.dialog.getByText('It is shown this once').waitFor();
      const given = await members.dialog.locator('pre').textContent();
      await members.confirm('Done');
      await page.getByRole('link', { name: /^People/ }).click();
      await members.row('nora@example.com').waitFor();

      const nora = await scene.window();
      await nora.goto(`/w/${ann.workspace}/inbox/mine`);
      await nora.getByLabel('E-mail').fill('nora@example.com');
      await nora.getByLabel('Password', { exact: true }).fill(given);
      await nora.getByRole('button', { name: 'Sign in' }).click();
      await nora.getByRole('heading', { name: 'Choose your own password' }).waitFor();
      await nora.goto(`/w/${ann.workspace}/customers`);
      await nora.getByLabel('The password you were given').fill(given);
      await nora.getByLabel('Your new password').fill(password);
      await nora.getByRole('button', { name: 'Save and go on' }).click();
      await nora.getByRole('heading', { name: 'Customers' }).waitFor();
    },
  );

  await scene.chapter('who has an account already is invited instead', async () => {
    await scene.signUp('Vera');
    await page.getByRole('button', { name: 'New user' }).click();
    await members.dialog.getByLabel('Full name').fill('Vera');
    await members.dialog.getByLabel('E-mail').fill('vera@example.com');
    await members.confirm('Create');
    await members.dialog.getByRole('alert').getByText('invite').waitFor();
    await members.confirm('Cancel');
  });

  await scene.chapter('an invitation opens for its address alone (MEM-009)', async () => {
    const token = await scene.mailed('mo@example.com', '/invite/');
    await page.goto(`/invite/${token}`);
    await page.getByText('The invitation is for mo@example.com').waitFor();
    await page.getByRole('button', { name: 'Sign out and go on' }).waitFor();
  });
});

test('rights, places and owners change while everybody looks', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  const bo = await scene.join(ann, 'Bo', 'member');
  const vic = await scene.join(ann, 'Vic', 'agent');
  const { conversation } = await scene.arrive(ann, { name: 'Abel Stone', text: 'Can I pay by invoice?' });
  const annPage = await scene.window(ann);
  const boPage = await scene.window(bo);
  const members = new Members(annPage, ann);
  const inbox = new Inbox(boPage, bo);
  await members.open();

  await scene.chapter('a new role changes the buttons of an open window (ROL-010, INV-12)', async () => {
    await inbox.open('all', conversation);
    await inbox.field.waitFor();
    await members.giveRole('Bo', 'Viewer');
    await annPage.getByText('Bo has the role Viewer now', { exact: true }).waitFor();
    await inbox.field.waitFor({ state: 'detached' });
    await annPage.getByRole('button', { name: 'Undo' }).click();
    await members.role('Bo').getByText('Member').waitFor();
    await inbox.field.waitFor();
  });

  await scene.chapter('who may not be touched says why', async () => {
    await members.role('Ann').and(annPage.locator('[aria-disabled=true]')).waitFor();
    await members.role('Bo').click();
    await annPage.getByRole('menuitemradio', { name: /Owner.*Comes with owning/ }).waitFor();
    await annPage.keyboard.press('Escape');
    await members
      .row('Ann')
      .getByRole('button', { name: /^More about/ })
      .click();
    const remove = annPage.getByRole('menuitem', { name: /^Remove/ });
    await remove.getByText('Ownership has to be handed over first.').waitFor();
    await annPage.keyboard.press('Escape');
  });

  await scene.chapter('the list is narrowed in the address (R19)', async () => {
    await annPage.getByLabel('Find by name or address').fill('vic@');
    await members.row('Bo').waitFor({ state: 'detached' });
    assert.match(annPage.url(), /q=vic/);
    await annPage.reload();
    await members.row('Vic').waitFor();
    await annPage.getByLabel('Find by name or address').fill('nobody at all');
    await annPage.getByRole('button', { name: 'Show everybody' }).click();
    await members.row('Bo').waitFor();
  });

  await scene.chapter('a light seat never reaches a customer, and shows it (UX-008)', async () => {
    await members.choose('Bo', 'Change to a light seat…');
    await members.confirm('Change the seat');
    await members.row('Bo').getByRole('cell', { name: 'Light' }).waitFor();
    await inbox.field.waitFor({ state: 'detached' });
    await members.choose('Bo', 'Change to a full seat');
    await inbox.field.waitFor();
  });

  await scene.chapter(
    'who is deactivated is led out, and the receipt tells what moved (MEM-027, OWN-10)',
    async () => {
      await scene.as(ann, 'PUT', `conversations/${conversation}/assignment`, { member_id: bo.member });
      await members.choose('Bo', 'Deactivate…');
      await members.dialog.getByText('1 open conversation goes back to the queue.').waitFor();
      await members.confirm('Deactivate');
      await members.dialog.getByText('Bo is deactivated').waitFor();
      await members.dialog.getByText('1 conversation went back to its queue').waitFor();
      await boPage.getByText("You have no access to Ann's Workspace any more", { exact: true }).waitFor();
      assert.equal(new URL(boPage.url()).pathname, '/workspaces');
      await members.confirm('Done');
      await members.row('Bo').getByText('Deactivated').waitFor();
      await members.choose('Bo', 'Reactivate');
      await members.row('Bo').getByText('Deactivated').waitFor({ state: 'detached' });
      await inbox.open('all', conversation);
      await inbox.field.waitFor();
    },
  );

  await scene.chapter(
    'removing is confirmed by the name, and the past keeps it (MEM-010, MEM-034 … MEM-036)',
    async () => {
      const vicPage = await scene.window(vic);
      await new Inbox(vicPage, vic).open('all');
      await new Inbox(vicPage, vic).row('Abel Stone').waitFor();
      await members.choose('Vic', 'Remove…');
      await members.dialog
        .getByRole('button', { name: 'Remove' })
        .and(annPage.locator('[aria-disabled=true]'))
        .waitFor();
      await members.confirm('Remove', 'Vic');
      await members.dialog.getByText('Vic is removed').waitFor();
      await members.confirm('Done');
      await vicPage.getByText("You have no access to Ann's Workspace any more", { exact: true }).waitFor();
      await members.row('Vic').waitFor({ state: 'detached' });
      await annPage.getByRole('link', { name: 'Former members' }).click();
      await members.row('Vic').getByRole('link', { name: 'Vic' }).click();
      await annPage
        .getByRole('region', { name: 'Receipts' })
        .getByText(/^Removed on/)
        .waitFor();
    },
  );

  await scene.chapter('a review keeps people one by one (SEC-002, OWN-17)', async () => {
    await members.open('review');
    await members.row('Bo').getByText('Never').waitFor();
    await annPage.getByRole('button', { name: 'Keep Bo' }).click();
    await members.row('Bo').getByText('Never').waitFor({ state: 'detached' });
  });

  await scene.chapter(
    'the paths of the sources lead to the members (MEM-011, UX-003, UX-009, UX-010, UX-012, UX-013)',
    async () => {
      for (const path of ['workspace', 'users', 'users/users', 'team', 'team/members']) {
        await annPage.goto(`/w/${ann.workspace}/settings/${path}`);
        await annPage.waitForURL(`**/w/${ann.workspace}/settings/members`);
      }
    },
  );

  await scene.chapter(
    'ownership moves when it is accepted, and both windows know (WS-027 … WS-030)',
    async () => {
      await annPage.goto(`/w/${ann.workspace}/settings/general`);
      await annPage.getByRole('button', { name: 'Transfer ownership…' }).click();
      const dialog = annPage.getByRole('dialog');
      await dialog.getByLabel('New owner').selectOption(bo.member);
      await dialog
        .getByRole('button', { name: 'Offer the workspace' })
        .and(annPage.locator('[aria-disabled=true]'))
        .waitFor();
      await dialog.getByLabel(/^Type/).fill("Ann's Workspace");
      await dialog.getByRole('button', { name: 'Offer the workspace' }).click();
      await annPage.getByText('You offered this workspace to Bo').waitFor();

      await boPage
        .getByRole('region', { name: 'Offer' })
        .getByRole('link', { name: 'See the offer' })
        .click();
      await boPage.getByText('You can do everything here').waitFor();
      await boPage.getByRole('button', { name: 'Accept and own it' }).click();
      await boPage.getByRole('button', { name: "Ann's Workspace Owner" }).waitFor();
      await annPage.getByText('Bo owns this workspace.').waitFor();
      await annPage.getByRole('button', { name: "Ann's Workspace Admin" }).waitFor();
    },
  );

  await scene.chapter(
    'a deletion is announced to everybody, and the owner takes it back (INV-06)',
    async () => {
      await boPage.goto(`/w/${ann.workspace}/settings/general`);
      await boPage.getByRole('button', { name: 'Delete the workspace…' }).click();
      await new Members(boPage, bo).confirm('Delete in seven days', "Ann's Workspace");
      await boPage.getByRole('region', { name: 'Deletion' }).waitFor();
      const notice = annPage.getByRole('region', { name: 'Deletion' });
      await notice.getByText('Until then only its owner can keep it.').waitFor();
      await annPage.goto(`/w/${ann.workspace}/inbox/all`);
      await annPage.getByRole('heading', { name: "Ann's Workspace is closed" }).waitFor();
      await boPage.getByRole('button', { name: 'Keep it' }).click();
      await new Inbox(annPage, ann).row('Abel Stone').waitFor();
      await notice.waitFor({ state: 'detached' });
    },
  );

  await scene.chapter(
    'the owner cannot leave and says why, everybody else can (WS-022, MEM-012, MEM-013)',
    async () => {
      await boPage.getByText('Hand it over to another member or delete it first.').waitFor();
      await annPage.goto(`/w/${ann.workspace}/settings/general`);
      await annPage.getByRole('button', { name: 'Leave the workspace…' }).click();
      await new Members(annPage, ann).confirm('Leave', "Ann's Workspace");
      await annPage.getByText("You left Ann's Workspace", { exact: true }).waitFor();
      await annPage.getByRole('heading', { name: 'Create your first workspace' }).waitFor();
    },
  );
});
