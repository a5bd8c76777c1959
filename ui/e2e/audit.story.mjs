// The audit log: Ann reads who did what, Bo's refused attempts stand there, the log is narrowed, verified and taken
// away, and Victor learns who could show it to him.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { AuditLog } from './screens.mjs';
import { eventually, stage } from './stage.mjs';

test('the audit log is read, narrowed, verified and taken away', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  const bo = await scene.join(ann, 'Bo', 'member');
  const victor = await scene.join(ann, 'Victor', 'viewer');
  const { conversation } = await scene.arrive(ann, { name: 'Kim Rivers', text: 'Hello?' });
  await scene.as(ann, 'PATCH', '', { name: 'Acme Books' });
  for (let attempt = 1; attempt <= 3; attempt++) await scene.refused(bo, 'PATCH', '', { name: 'Bo’s' });
  await scene.refused(victor, 'POST', `conversations/${conversation}/claim`, {});
  const log = new AuditLog(await scene.window(ann, { acceptDownloads: true }), ann);

  await scene.chapter('it tells in sentences who did what, and what was refused to whom', async () => {
    await log.open();
    const renamed = log.entry('Ann changed the settings of the workspace');
    await renamed.getByText('Acme Books').waitFor();
    await log.entry('Kim Rivers became a customer').getByText('and 2 things with it').waitFor();
    const refused = log.entry('Bo tried “Change the settings”');
    await refused.getByText('Refused').waitFor();
    await refused.getByText('3 times').waitFor();
    await log.entry('Victor tried “Take an unassigned conversation”: Kim Rivers').waitFor();
    await log.page.getByRole('heading', { name: 'Today' }).waitFor();
  });

  await scene.chapter('an entry opens by the keyboard to what was before and after', async () => {
    const renamed = log.entry('Ann changed the settings of the workspace');
    const toggle = renamed.getByRole('button');
    await toggle.focus();
    await log.page.keyboard.press('Enter');
    await renamed.getByRole('button', { expanded: true }).waitFor();
    const row = renamed.getByRole('row', { name: /^Name/ });
    await row.waitFor();
    assert.deepEqual(await row.getByRole('cell').allInnerTexts(), ["Ann's Workspace", 'Acme Books']);
    await renamed.getByText('workspace.edit_settings').waitFor();
    await log.page.keyboard.press('Enter');
    await row.waitFor({ state: 'detached' });
    await log.entry('Victor tried').getByRole('button').click();
    await log.entry('Victor tried').getByText('The role', { exact: true }).waitFor();
  });

  await scene.chapter('it is narrowed, and the address says to what', async () => {
    await log.page.getByLabel('Person').selectOption('Bo');
    await log.page.getByLabel('Outcome').selectOption('Refusals');
    await log.entry('Bo tried').waitFor();
    await log.entry('Ann changed').waitFor({ state: 'detached' });
    assert.deepEqual(log.search(), { person: bo.member, outcome: 'denied' });
    await log.page.getByLabel('What').selectOption('Role deleted');
    await log.page.getByText('Nothing like it in the log').waitFor();
    await log.page.reload();
    await log.page.getByText('Nothing like it in the log').waitFor();
    await log.page.getByRole('button', { name: 'Show everything' }).first().click();
    await log.entry('Ann changed the settings').waitFor();
    assert.deepEqual(log.search(), {});
    await log.page.getByLabel('To', { exact: true }).fill('2020-01-01');
    await log.page.getByText('Nothing like it in the log').waitFor();
    await log.open();
  });

  await scene.chapter('it is verified on the spot', async () => {
    await log.page.getByRole('button', { name: 'Verify' }).click();
    await log.page.getByRole('status').getByText('The log is whole').waitFor();
  });

  await scene.chapter('it is taken away as a file, which is itself in the log', async () => {
    await log.page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      log.page.waitForEvent('download'),
      log.page.getByRole('menuitem', { name: 'For a spreadsheet' }).click(),
    ]);
    assert.match(download.suggestedFilename(), /^audit-\d{4}-\d{2}-\d{2}\.csv$/);
    const table = await readFile(await download.path(), 'utf8');
    assert.match(table, /^at,chain,seq,/);
    assert.match(table, /workspace\.updated,done,member,.*,Ann,/);
    await log.page.reload();
    await log.entry('Ann exported the audit log').getByText('Looked at').waitFor();
  });

  await scene.chapter('who may not read it learns who can change that', async () => {
    const victors = new AuditLog(await scene.window(victor), victor);
    await victors.open();
    await victors.page.getByText('Your role does not include this').waitFor();
    await victors.page.getByRole('button', { name: 'Why?' }).click();
    await victors.page.getByRole('dialog').getByText('Ann').waitFor();
    assert.equal(await victors.entries.count(), 0);
  });

  await scene.chapter('in Spanish too, and on a phone', async () => {
    await scene.call('PATCH', '/api/v1/me', { locale: 'es' }, { cookie: ann.cookie });
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const log = new AuditLog(await scene.window(ann, phone), ann);
    await log.open();
    await log.entry('Ann cambió los ajustes del espacio de trabajo').waitFor();
    await log.page.getByText('Acotar el registro').click();
    await log.page.getByLabel('Persona').selectOption('Bo');
    await log.entry('Bo intentó').waitFor();
    await log.entry('Ann cambió').waitFor({ state: 'detached' });
    const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    await eventually('it fits the phone', async () => (await log.page.evaluate(overflow)) === 0);
  });
});
