// No screen, dialog or menu about people and the workspace itself has a violation that axe can find.
import { test } from 'node:test';
import { inEachLook, inspect, inspectDialog, inspectMenus } from './axe.mjs';
import { Members } from './screens.mjs';
import { stage } from './stage.mjs';

test('members, invitations, reviews and the workspace are free of violations', async (story) => {
  const scene = await stage(story);
  const world = await fill(scene);
  await inEachLook(scene, async (windowOf, say) => {
    await inspectMembers(await windowOf(world.ann), world, say);
    await inspectMember(await windowOf(world.ann), world, say);
    await inspectWorkspace(await windowOf(world.ann), world, say);
    await inspectOffered(await windowOf(world.bo), world);
    await inspectClosing(scene, await windowOf(world.bo), world);
    await inspectDoors(await windowOf(null), await windowOf(world.nora), world);
  });
});

/** Everything that a list of people can show. */
async function fill(scene) {
  const ann = await scene.signUp('Ann');
  const bo = await scene.join(ann, 'Bo', 'admin');
  const cleo = await scene.join(ann, 'Cleo', 'collaborator', 'collaborator');
  const per = await scene.join(ann, 'Per', 'agent');
  const max = await scene.join(ann, 'Max', 'agent');
  await scene.as(ann, 'PUT', `members/${per.member}/deactivation`);
  await scene.as(ann, 'DELETE', `members/${max.member}`);
  const day = new Date(Date.now() + 30 * 86_400_000).toISOString();
  await scene.as(ann, 'PATCH', `members/${cleo.member}`, { ends_on: day });
  await scene.as(ann, 'PUT', `members/${bo.member}/review`, {});
  const set = {
    label: 'Exports',
    description: 'Takes customers out as files',
    grants: { 'customer.export': 'any' },
  };
  await scene.as(ann, 'POST', 'permission-sets', set);
  const emails = ['mo@example.com', 'a.rather.long.address@subsidiary.example.com'];
  await scene.as(ann, 'POST', 'invitations', { emails, role_key: 'agent' });
  await scene.as(ann, 'POST', 'invitations', { email: 'olga@example.com', role_key: 'owner' });
  const nora = await direct(scene, ann);
  await scene.as(ann, 'POST', 'ownership-transfers', {
    to_member_id: bo.member,
    workspace_name: "Ann's Workspace",
  });
  return { ann, bo, cleo, max, nora, invitation: await scene.mailed('olga@example.com', '/invite/') };
}

/** Somebody whose first password was made for them, signed in with it. */
async function direct(scene, ann) {
  const member = { name: 'Nora', email: 'nora@example.com', role_key: 'agent', with: 'password' };
  const { initial_password } = await scene.as(ann, 'POST', 'members', member);
  const { email } = member;
  const { cookie } = await scene.call('POST', '/api/v1/sessions', { email, password: initial_password });
  return { cookie };
}

async function inspectMembers(page, { ann }, say) {
  const members = new Members(page, ann);
  await members.open();
  await members.row('Cleo').waitFor();
  await inspect(page, 'the members');
  await inspectMenus(page, 'the members');
  await members.open('?q=nobody');
  await inspect(page, 'nobody who matches');
  for (const list of ['invitations', 'review', 'former']) {
    await members.open(list);
    await members.main.getByRole('row').last().waitFor();
    await inspect(page, list);
  }
  for (const add of ['mail', 'directly']) {
    await members.open(`?add=${add}`);
    await members.dialog.getByRole('region').waitFor();
    await inspectDialog(page, `adding by ${add}`);
  }
  await members.open('?add=mail');
  await members.dialog.getByLabel(say('Role'), { exact: true }).selectOption('owner');
  const field = members.dialog.getByLabel(say('E-mail addresses'));
  await field.fill('nonsense');
  await field.press('Enter');
  await field.fill('new.owner@example.com');
  await field.press('Enter');
  await inspectDialog(page, 'an invitation as owner');
}

async function inspectMember(page, { ann, bo, cleo, max }, say) {
  const members = new Members(page, ann);
  const ask = async (member, button) => {
    await members.open(member);
    await members.main.getByRole('button', { name: say(button), exact: true }).click();
    await inspectDialog(page, button);
  };
  await ask(bo.member, 'Name and end date…');
  await ask(bo.member, 'Permission sets…');
  await ask(bo.member, 'Change to a light seat…');
  await ask(bo.member, 'End open sessions…');
  await ask(bo.member, 'Deactivate…');
  await ask(bo.member, 'Remove…');
  for (const { member } of [ann, cleo, max]) {
    await members.open(member);
    await members.main.getByRole('heading', { level: 1 }).waitFor();
    await inspect(page, 'a member');
  }
}

async function inspectWorkspace(page, { ann }, say) {
  const button = (text) => page.getByRole('button', { name: say(text), exact: true });
  await page.goto(`/w/${ann.workspace}/settings/general`);
  await button('Take the offer back').waitFor();
  await inspect(page, 'the workspace');
  await button('Delete the workspace…').click();
  await inspectDialog(page, 'deleting the workspace');
  await page.goto('/workspaces');
  await button('New workspace').click();
  await page.getByRole('radio').first().waitFor();
  await inspect(page, 'a new workspace');
}

/** Somebody to whom the workspace is offered. */
async function inspectOffered(page, { bo }) {
  await page.goto(`/w/${bo.workspace}/ownership`);
  await page.getByRole('main').getByRole('button').nth(1).waitFor();
  await inspect(page, 'an offer of the workspace');
  await page.goto(`/w/${bo.workspace}/settings/general`);
  await page.getByRole('main').getByRole('button').nth(1).waitFor();
  await inspect(page, 'the workspace of somebody else');
}

/** What is left of a workspace whose deletion is scheduled. */
async function inspectClosing(scene, page, { ann }) {
  const workspace = `/api/v1/workspaces/${ann.workspace}`;
  const owner = { cookie: ann.cookie };
  await scene.call(
    'DELETE',
    `${workspace}?confirm=${encodeURIComponent("Ann's Workspace")}`,
    undefined,
    owner,
  );
  for (const path of ['inbox/all', 'settings/general', 'settings/members']) {
    await page.goto(`/w/${ann.workspace}/${path}`);
    await inspect(page, `${path} of a workspace that goes`);
  }
  await scene.call('DELETE', `${workspace}/deletion`, undefined, owner);
}

/** What stands before the workspace: an invitation as owner, and a password to be chosen. */
async function inspectDoors(stranger, nora, { invitation }) {
  await stranger.goto(`/invite/${invitation}`);
  await stranger.locator('form').waitFor();
  await inspect(stranger, 'an invitation as owner to accept');
  await nora.goto('/');
  await nora.locator('input[name=new_password]').waitFor();
  await inspect(nora, 'a first password');
}
