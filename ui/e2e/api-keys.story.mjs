// API keys: a person makes one, a program uses it, and it ends.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { focused } from './screens.mjs';
import { stage } from './stage.mjs';

test('a key from its first moment to its last', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  const kim = await scene.join(ann, 'Kim', 'admin');
  const victor = await scene.join(ann, 'Victor', 'viewer');
  await scene.arrive(ann, { name: 'Inés Peña', email: 'ines@shop.example', text: 'Hola' });
  const url = `/w/${ann.workspace}/settings/api-keys`;
  const page = await scene.window(ann);
  const dialog = page.getByRole('dialog');
  let key;

  const ask = (path, method = 'GET') =>
    fetch(`${scene.origin}/api/v1/workspaces/${ann.workspace}/${path}`, {
      method,
      headers: { authorization: `Bearer ${key}` },
    });

  await scene.chapter('the empty page teaches what a key is and leads to the first one', async () => {
    await page.goto(`/w/${ann.workspace}/settings/general`);
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'API keys' }).click();
    await page.getByText('A key lets a program read and answer here').waitFor();
    await page.getByRole('region', { name: 'Keys in use' }).getByRole('button', { name: 'New key' }).click();
    await focused(dialog.getByRole('textbox', { name: 'Name' }));
  });

  await scene.chapter('one picks what it may do; what no key is given says why', async () => {
    const make = dialog.getByRole('button', { name: 'Make the key' });
    await make.and(page.locator('[aria-disabled=true]')).waitFor();
    await page.keyboard.type('Nightly report');
    const search = dialog.getByRole('searchbox', { name: 'Search permissions' });
    await search.fill('role.manage');
    const never = dialog.getByRole('checkbox', { name: /Make and change roles/ });
    await never.and(page.locator('[aria-disabled=true]')).waitFor();
    await dialog.getByText('This comes close to owning the workspace: no program ever has it.').waitFor();
    await never.focus();
    await page.keyboard.press('Space');
    assert.equal(await never.isChecked(), false);
    await dialog.getByText('Nothing chosen yet').waitFor();

    await search.fill('see conversations');
    await dialog.getByRole('checkbox', { name: /See conversations/ }).focus();
    await page.keyboard.press('Space');
    await dialog.getByText('1 permission chosen').waitFor();
    await dialog.getByLabel('Good for').selectOption({ label: '7 days' });
    await make.click();
  });

  await scene.chapter('the key is shown once, with something to try', async () => {
    await dialog.getByText('This is the only time the key is shown.').waitFor();
    const [code, example] = await dialog.locator('pre').allTextContents();
    assert.match(code, /^gk_[\w-]{49}$/);
    assert.ok(example.includes(`Bearer ${code}`) && example.includes(`${ann.workspace}/conversations`));
    key = code;
    await dialog.getByRole('button', { name: 'I have copied it' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const row = page.getByRole('row', { name: /Nightly report/ });
    await row.getByText(`${key.slice(0, 10)}…`).waitFor();
    await row.getByText('Ends in 7 days').waitFor();
    await row.getByText('Never').waitFor();
    await row.getByText('1 permission').click();
    await row.getByText('See conversations').waitFor();
    assert.ok(!(await page.content()).includes(key));
  });

  await scene.chapter('the program reads what it was given and nothing else', async () => {
    const { items } = await (await ask('conversations')).json();
    assert.equal(items.length, 1);
    const refused = await ask('members');
    assert.deepEqual([refused.status, (await refused.json()).decided_by], [403, 'key']);
    const own = await fetch(`${scene.origin}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } });
    assert.deepEqual([own.status, (await own.json()).code], [403, 'api_key.not_for_this']);
    await page.reload();
    await page
      .getByRole('row', { name: /Nightly report/ })
      .locator('time')
      .waitFor();
  });

  await scene.chapter('revoking cuts it off while it listens, and every open page knows', async () => {
    const stream = await ask('events');
    assert.equal(stream.status, 200);
    const kims = await scene.window(kim);
    await kims.goto(url);
    await kims.getByRole('button', { name: 'Revoke Nightly report' }).waitFor();

    await page.getByRole('button', { name: 'Revoke Nightly report' }).click();
    await dialog.getByText('Whatever uses this key is cut off at once').waitFor();
    await page.keyboard.press('Escape');
    assert.equal((await ask('conversations')).status, 200);
    await page.getByRole('button', { name: 'Revoke Nightly report' }).click();
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('“Nightly report” is revoked').first().waitFor();
    assert.equal((await ask('conversations')).status, 401);
    assert.match(await stream.text(), /event: closed\ndata: \{"code":"api_key\.ended"\}\n\n$/);
    for (const each of [page, kims]) {
      await each.getByRole('region', { name: 'Ended keys' }).getByText('Revoked').waitFor();
      await each.getByText('No key is in use').waitFor();
    }
  });

  await scene.chapter('who may not make keys is told why', async () => {
    const victors = await scene.window(victor);
    await victors.goto(url);
    const create = victors.getByRole('button', { name: 'New key' });
    await create.and(victors.locator('[aria-disabled=true]')).waitFor();
    await victors.getByText('Your role does not include this.').first().waitFor();
  });
});
