// No screen about rights has a violation that axe can find, nor what lies over them, nor a workspace in a preview.
import { test } from 'node:test';
import { inEachLook, inspect, inspectDialog } from './axe.mjs';
import { stage } from './stage.mjs';

test('who may do what, and the workspace as somebody else sees it, are free of violations', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  await scene.join(ann, 'Victor', 'viewer');
  await scene.arrive(ann, { name: 'Inés Peña', email: 'ines@shop.example', text: 'Vi un pingüino.' });
  const role = await scene.as(ann, 'POST', 'roles', { label: 'Night shift', base_role_key: 'agent' });
  const grants = { 'customer.export': 'any' };
  const set = await scene.as(ann, 'POST', 'permission-sets', { label: 'Exports', grants });
  await inEachLook(scene, async (windowOf, say) => {
    await inspectRights(await windowOf(ann), { ann, role, set }, say);
  });
});

async function inspectRights(page, { ann, role, set }, say) {
  const button = (text) => page.getByRole('button', { name: say(text), exact: true });
  const cells = page.locator('button[data-reach]');
  const open = async (path) => {
    await page.goto(`/w/${ann.workspace}/settings/${path}`);
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
  };

  await open(`roles?role=${role.key}`);
  await cells.first().waitFor();
  await inspect(page, 'the roles');
  const unlocked = page.locator('button[data-reach]:not([aria-disabled])');
  await unlocked.first().click();
  await button('Review and save').waitFor();
  await inspect(page, 'roles with changes');
  await button('Review and save').click();
  await page.getByRole('dialog').getByRole('heading', { name: 'Night shift' }).waitFor();
  await inspectDialog(page, 'the changes in review');
  await button('New role').click();
  await inspectDialog(page, 'a new role');
  await button('Check access').click();
  await page.getByText(say('You are allowed to do this')).waitFor();
  await inspectDialog(page, 'a check of access');
  await open('roles?q=nothing');
  await page.getByText(say('No permission to show')).waitFor();
  await inspect(page, 'no permission');
  await open(`roles?role=${role.key}&with=member&only=differences`);
  await cells.first().waitFor();
  await inspect(page, 'two roles');

  await open('permission-sets');
  await page.getByText('Exports').waitFor();
  await inspect(page, 'the permission sets');
  await open(`permission-sets/${set.id}`);
  await cells.first().waitFor();
  await inspect(page, 'a permission set');
  await open('policy-pack');
  await page.getByText(say('In use')).waitFor();
  await inspect(page, 'the policy pack');
  await open('policy-pack?to=linkai');
  await page.locator('summary').first().click();
  await inspect(page, 'a switch of the pack');

  await open(`roles?role=${role.key}`);
  await cells.first().waitFor();
  if (await button('See it as they will').isVisible()) {
    await button('See it as they will').click();
    await inspect(page, 'a role on a phone', '[role=dialog]');
  }
  await button('Look around with these changes').click();
  await page.getByRole('region', { name: say('Preview'), exact: true }).waitFor();
  await inspect(page, 'a preview');
  await page.getByRole('button', { name: say('Exit') }).click();
  await cells.first().waitFor();
}
