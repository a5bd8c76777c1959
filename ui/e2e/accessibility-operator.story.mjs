// No screen or dialog of the operator's has a violation that axe can find.
import { test } from 'node:test';
import { inEachLook, inspect, inspectDialog } from './axe.mjs';
import { stage } from './stage.mjs';

test('what whoever operates the server sees is free of violations', async (story) => {
  const scene = await stage(story, { catalogue: 'askusers', till: 'manual' });
  const world = await fill(scene);
  await inEachLook(scene, async (windowOf, say) => {
    const page = await windowOf(world.rex);
    await inspectWorkspaces(page, world, say);
    await inspectInvoices(page, say);
    await inspectRequests(page, say);
    await inspectCatalogues(page, say);
    const hers = await windowOf(world.ann);
    await hers.goto('/admin');
    await inspect(hers, 'the console of somebody else');
  });
});

/** Something on every screen: an order that waits, a request, a plan that nobody can buy. */
async function fill(scene) {
  const setup_token = scene.server.printed.match(/\/setup\/([\w-]+)/)[1];
  const rex = await scene.signUp('Rex', { setup_token });
  const ann = await scene.signUp('Ann');
  const { cookie } = rex;
  const assign = ({ workspace }, plan) =>
    scene.call('PUT', `/api/v1/operator/workspaces/${workspace}/plan`, plan, { cookie });
  await assign(ann, { plan: 'enterprise' });
  await assign(rex, { catalogue: 'kustomer', plan: 'with_collaborators' });
  await scene.as(ann, 'POST', 'billing/support-requests', {
    kind: 'more_seats',
    text: 'Forty for December.',
  });
  await scene.as(ann, 'POST', 'billing/checkouts', {
    kind: 'credits',
    addon: 'team_credits_pack',
    quantity: 1,
  });
  return { rex, ann };
}

async function inspectWorkspaces(page, { ann, rex }, say) {
  await page.goto('/admin');
  await page.getByRole('link', { name: /Ann's Workspace/ }).waitFor();
  await inspect(page, 'workspaces');
  await page.goto('/admin/workspaces?q=nothing');
  await page.getByText(say('None is called like “{q}”').replace('{q}', 'nothing')).waitFor();
  await inspect(page, 'no workspace');
  await page.goto(`/admin/workspaces/${ann.workspace}`);
  await page.getByText(ann.email).waitFor();
  await inspect(page, 'a workspace');
  await page.getByRole('button', { name: say('Assign a plan…') }).click();
  await page
    .getByRole('dialog')
    .getByText(/99[.,]00/)
    .waitFor();
  await inspectDialog(page, 'another plan');
  await page.goto(`/admin/workspaces/${rex.workspace}`);
  await page.getByRole('button', { name: say('Seats of the contract…') }).click();
  await inspectDialog(page, 'the seats of a contract');
}

async function inspectInvoices(page, say) {
  await page.goto('/admin/invoices');
  await page.getByText(/INV-/).first().waitFor();
  await inspect(page, 'invoices that name no seller');
  await page.getByRole('button', { name: say('Say who they are from…') }).click();
  await page.getByRole('dialog').getByText(say('Save')).click();
  await page.getByRole('dialog').locator('[aria-invalid=true]').waitFor();
  await inspectDialog(page, 'a seller without a name');
  await page.getByRole('button', { name: /INV-/ }).last().click();
  await inspectDialog(page, 'an invoice that is paid');
  await page.goto('/admin/invoices?state=paid');
  await page.getByText(say('No invoice is in this state')).waitFor();
  await inspect(page, 'no invoice');
}

async function inspectRequests(page, say) {
  await page.goto('/admin/requests');
  await page.getByText('Forty for December.').waitFor();
  await inspect(page, 'requests');
  await page.getByRole('button', { name: /Ann/ }).click();
  await page.getByRole('dialog').getByText(say('Send the answer')).click();
  await page.getByRole('dialog').locator('[aria-invalid=true]').waitFor();
  await inspectDialog(page, 'an answer without words');
}

async function inspectCatalogues(page, say) {
  await page.goto('/admin/catalogues');
  await page.getByRole('link', { name: /AskUsers/ }).waitFor();
  await inspect(page, 'catalogues');
  await page.goto('/admin/catalogues/askusers');
  await page.getByRole('button', { name: say('Write the next version…') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('version = "one"');
  await dialog.getByRole('button', { name: say('Load'), exact: true }).click();
  await dialog.locator('[aria-invalid=true]').waitFor();
  await inspectDialog(page, 'a catalogue that is refused');
  await inspect(page, 'a catalogue');
  await page.goto('/admin/troubles');
  await page.getByText(say('Nothing is wrong')).waitFor();
  await inspect(page, 'no troubles');
}
