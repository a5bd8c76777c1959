// An agency makes a workspace for a client, sets it up, hands it over and leaves (WS-016 … WS-020).
import { test } from 'node:test';
import { Inbox, Members } from './screens.mjs';
import { password, stage } from './stage.mjs';

test('a workspace is made for a client and handed over', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  const agency = await scene.window(ann);
  const client = await scene.window();
  const members = new Members(agency, ann);
  const place = { ...ann };

  await scene.chapter(
    'a name and the rules that suit the client (UX-001, UX-002, UX-006, WS-011, WS-012, WS-017)',
    async () => {
      await agency.goto('/');
      await agency.getByRole('button', { name: /Workspaces$/ }).click();
      await agency.getByText('Signed in as ann@example.com').waitFor();
      await agency.getByRole('menuitem', { name: 'Create a workspace…' }).click();
      await members.dialog.getByLabel('Name').fill('Pear Orchard');
      await members.dialog.getByRole('radio', { name: /^AskUsers.*read along/ }).click();
      await members.confirm('Create');
      await agency.getByRole('button', { name: 'Pear Orchard Owner' }).waitFor();
      place.workspace = new URL(agency.url()).pathname.split('/')[2];
      members.person = place;
    },
  );

  await scene.chapter('the agency configures it and brings a colleague (WS-018)', async () => {
    await agency.goto(`/w/${place.workspace}/settings/channels`);
    await agency.getByRole('main').getByRole('button', { name: 'New website chat' }).first().click();
    await members.dialog.getByLabel('Name').fill('Orchard shop');
    await members.dialog.getByRole('button', { name: 'Create' }).click();
    await agency.getByRole('heading', { name: 'Orchard shop' }).waitFor();
    await scene.join(place, 'Bo', 'admin');
    await members.open();
    await members.row('bo@example.com').waitFor();
  });

  await scene.chapter(
    'the client is invited as owner, which says what it means (WS-019, INV-03)',
    async () => {
      await agency.getByRole('button', { name: 'Invite', exact: true }).click();
      await members.dialog.getByLabel('Role').selectOption({ label: 'Owner' });
      await members.dialog.getByText('Whoever accepts owns this workspace').waitFor();
      await members.dialog.getByLabel('E-mail addresses').fill('cleo@example.com two@example.com');
      const two = members.dialog.getByRole('button', { name: 'Send 2 invitations' });
      await two.and(agency.locator('[aria-disabled=true]')).waitFor();
      await members.dialog.getByLabel('E-mail addresses').fill('cleo@example.com');
      await members.confirm('Send invitation');
      await agency.getByText('Invitation sent', { exact: true }).waitFor();
      await agency.getByRole('link', { name: /^Invitations/ }).click();
      await members.row('cleo@example.com').getByText('Becomes the owner').waitFor();
    },
  );

  await scene.chapter('the client accepts with a new account in another browser', async () => {
    await client.goto(`/invite/${await scene.mailed('cleo@example.com', '/invite/')}`);
    await client.getByText('Ann hands Pear Orchard over to you').waitFor();
    await client.getByLabel('Your name').fill('Cleo');
    await client.getByLabel('Password', { exact: true }).fill(password);
    await client.getByRole('button', { name: 'Create account and join' }).click();
    await client.getByRole('button', { name: 'Pear Orchard Owner' }).waitFor();
  });

  await scene.chapter('the agency’s window knows at once who owns it now', async () => {
    await agency.getByRole('button', { name: 'Pear Orchard Admin' }).waitFor();
    await agency.getByRole('link', { name: /^People/ }).click();
    await members.row('cleo@example.com').getByText('Owner').first().waitFor();
    await members.row('ann@example.com').getByText('Admin').waitFor();
  });

  await scene.chapter(
    'then the agency leaves, and the client keeps everything (MEM-012 … MEM-014)',
    async () => {
      await agency.goto(`/w/${place.workspace}/settings/general`);
      await agency.getByText('Cleo owns this workspace.').waitFor();
      await agency.getByRole('button', { name: 'Leave the workspace…' }).click();
      await members.confirm('Leave', 'Pear Orchard');
      await agency.getByText('You left Pear Orchard', { exact: true }).waitFor();
      await agency.getByRole('link', { name: /Ann's Workspace/ }).waitFor();
      await agency.getByRole('link', { name: /Pear Orchard/ }).waitFor({ state: 'detached' });

      const orchard = new Members(client, place);
      await orchard.open('former');
      await orchard.row('ann@example.com').getByText('Left').waitFor();
      await client.goto(`/w/${place.workspace}/settings/channels`);
      await client.getByRole('link', { name: /Orchard shop/ }).waitFor();
      await new Inbox(client, place).open('all');
      await client.getByText('No conversations yet').waitFor();
    },
  );
});
