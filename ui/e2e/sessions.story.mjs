// Where one is signed in, and how that ends.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { password, stage } from './stage.mjs';

test('sessions on a device of one’s own and on one that others use too', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  const home = await scene.window(ann);
  const library = await scene.window();
  const list = home.getByRole('region', { name: 'Your devices' }).getByRole('listitem');

  await scene.chapter('alone, there is nothing else to end', async () => {
    await home.goto('/me/sessions');
    await list.getByText('This device').waitFor();
    await home.getByText('You are signed in nowhere else.').waitFor();
    assert.equal(await home.getByRole('button', { name: 'End all others' }).count(), 0);
  });

  await scene.chapter('a browser that others use forgets the session when it closes', async () => {
    await signIn(library, { shared: true });
    const [cookie] = await library.context().cookies();
    assert.equal(cookie.expires, -1);
    await home.reload();
    await list
      .filter({ hasText: 'Shared device' })
      .getByText('Ends by itself after an hour without use.')
      .waitFor();
    assert.equal(await list.count(), 2);
    await library.goto('/me/sessions');
    const own = library.getByRole('listitem').filter({ hasText: 'This device' });
    await own.getByText('Shared device').waitFor();
  });

  await scene.chapter('ending one elsewhere shows the sign-in page there', async () => {
    await library.goto(`/w/${ann.workspace}/inbox/all`);
    await library.getByRole('heading', { name: 'All open' }).waitFor();
    await list
      .filter({ hasText: 'Shared device' })
      .getByRole('button', { name: /^End the session on/ })
      .click();
    await library.getByRole('button', { name: 'Sign in' }).waitFor();
    await home.getByText('You are signed in nowhere else.').waitFor();
  });

  await scene.chapter('all others end at once', async () => {
    await signIn(library, { shared: false });
    await signIn(await scene.window(), { shared: false });
    await home.reload();
    await list.nth(2).waitFor();
    assert.equal(await list.getByText('Shared device').count(), 0);
    await home.getByRole('button', { name: 'End all others' }).click();
    await home.getByText('You are signed in nowhere else.').waitFor();
    await library.getByRole('button', { name: 'Sign in' }).waitFor();
  });

  async function signIn(page, { shared }) {
    await page.goto('/login');
    await page.getByLabel('E-mail').fill(ann.email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    if (shared) await page.getByRole('checkbox', { name: 'Others use this device too' }).click();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'All open' }).waitFor();
  }
});
