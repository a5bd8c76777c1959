// A day in the inbox: by keyboard alone, with views that count, snoozed conversations, search, lesser rights, a phone,
// and another language.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { focused, Inbox, rested } from './screens.mjs';
import { eventually, stage } from './stage.mjs';

test('a day in the inbox', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  const bo = await scene.join(ann, 'Bo', 'member');
  const guests = [
    { name: 'Dora Fields', text: 'Do you ship to the islands?' },
    { name: 'Carl Roth', text: 'My order came without its lid.' },
    { name: 'Inés Peña', email: 'magnolia@shop.example', text: 'Vi un pingüino en el jardín.' },
    { name: 'Abel Stone', text: 'Can I pay by invoice?' },
  ];
  const arrived = {};
  for (const guest of guests) arrived[guest.name] = await scene.arrive(ann, guest);
  const page = await scene.window(ann);
  const inbox = new Inbox(page, ann);
  const thread = (name) => page.getByRole('region', { name: `Conversation with ${name}` });
  const press = (keys) => page.keyboard.press(keys);

  await scene.chapter(
    'everything by keyboard: open, answer, hand over, snooze, finish, take back',
    async () => {
      await inbox.open();
      await inbox.row('Dora Fields').waitFor();
      await press('?');
      const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
      await sheet.getByText('Next conversation').waitFor();
      await press('Escape');
      await sheet.waitFor({ state: 'hidden' });

      await press('j');
      await thread('Abel Stone').waitFor();
      await press('j');
      await thread('Inés Peña').waitFor();
      await press('k');
      await thread('Abel Stone').waitFor();

      await press('a');
      await page.getByRole('menuitem', { name: 'Ann (you)' }).waitFor();
      await page.keyboard.type('Bo');
      await page.locator('[role=menuitem]:focus', { hasText: 'Bo' }).waitFor();
      await press('Enter');
      await page.getByRole('button', { name: 'Bo', exact: true }).waitFor();
      await page.getByText('Assigned to Bo').first().waitFor();

      await press('l');
      await page.getByRole('menuitemcheckbox').first().press('Enter');
      await page
        .getByText(/^Label added/)
        .first()
        .waitFor();
      // That message came after the menu: Escape closes the menu all the same, and only that.
      await press('Escape');
      await page.getByRole('menu').waitFor({ state: 'hidden' });
      await thread('Abel Stone').waitFor();

      await press('r');
      await page.keyboard.type('You can, within e days.');
      await press('Control+Enter');
      await inbox.message('You can, within e days.').getByText('Sent', { exact: true }).waitFor();
      // Letters in the field were letters: nothing was done, snoozed or assigned by them.
      await thread('Abel Stone').getByRole('button', { name: 'Bo', exact: true }).waitFor();
      await press('Escape');

      await rested(page);
      await press('e');
      await thread('Inés Peña').waitFor();
      await inbox.view('Done 1').waitFor();
      await press('s');
      await page.getByRole('menuitem', { name: /^Tomorrow/ }).waitFor();
      await press('ArrowDown');
      await press('Enter');
      await inbox.view('Snoozed 1').waitFor();
      await thread('Carl Roth').waitFor();
      await press('z');
      await inbox.row('Inés Peña').waitFor();
      await press('z');
      await inbox.row('Abel Stone').waitFor();
      await inbox.view('All open 4').waitFor();
    },
  );

  await scene.chapter('the palette finds commands, people and words, whatever their accents', async () => {
    const palette = page.getByRole('dialog', { name: 'Search or run a command' });
    await press('Control+k');
    await page.keyboard.type('unassi');
    await palette.getByRole('option', { name: /^Unassigned/ }).waitFor();
    await press('Enter');
    await page.waitForURL('**/inbox/unassigned');
    await rested(page);
    await press('/');
    await page.keyboard.type('pinguino');
    await palette.getByRole('option', { name: /Inés Peña/ }).waitFor();
    await press('Enter');
    await thread('Inés Peña').waitFor();
    await press('Control+k');
    await page.keyboard.type('lid');
    await palette.getByRole('option', { name: /Search everything/ }).click();
    const hits = page.getByRole('list', { name: 'Results' }).getByRole('listitem');
    await hits.filter({ hasText: 'Carl Roth' }).waitFor();
    assert.equal(await hits.count(), 1);
    await hits.getByRole('link').press('Enter');
    await thread('Carl Roth').waitFor();
    // From the choices of a command Escape goes back to the commands, and from there out.
    await press('Control+k');
    await page.keyboard.type('snooze');
    await palette.getByRole('option', { name: /^Snooze until/ }).waitFor();
    await press('Enter');
    await palette.getByRole('option', { name: /^Snooze: tomorrow/i }).waitFor();
    await press('Escape');
    await palette.getByRole('option', { name: /^Snooze until/ }).waitFor();
    await press('Escape');
    await palette.waitFor({ state: 'hidden' });
  });

  await scene.chapter('what is typed before the palette is there is for the palette', async () => {
    const other = await scene.window(ann);
    const screen = new Inbox(other, ann);
    let bring;
    const brought = new Promise((resolve) => {
      bring = resolve;
    });
    await other.route(/assets\/Palette-.*\.js/, async (route) => {
      await brought;
      await route.continue();
    });
    await screen.open('all', arrived['Inés Peña'].conversation);
    await screen.message('pingüino').waitFor();
    await other.keyboard.press('n');
    await screen.note.fill('Hello ');
    await other.keyboard.press('Control+k');
    await other.keyboard.type('unasse');
    await other.keyboard.press('Backspace');
    bring();
    const palette = other.getByRole('dialog', { name: 'Search or run a command' });
    await palette.getByRole('option', { name: /^Unassigned/ }).waitFor();
    await other.keyboard.type('i');
    await eventually(
      'all of it',
      async () => (await palette.getByRole('combobox').inputValue()) === 'unassi',
    );
    await other.keyboard.press('Escape');
    await focused(screen.note);
    await other.keyboard.type('you');
    await eventually('the note goes on', async () => (await screen.note.inputValue()) === 'Hello you');
    await screen.note.fill('');
    await other.close();
  });

  await scene.chapter('views show what stands where and count it, in every window', async () => {
    const bos = new Inbox(await scene.window(bo), bo);
    await bos.open('mine');
    await bos.row('Abel Stone').waitFor();
    await bos.view('Assigned to me 1').waitFor();
    await bos.view('Unassigned 3').waitFor();
    await scene.as(ann, 'POST', `conversations/${arrived['Carl Roth'].conversation}/claim`);
    await bos.view('Unassigned 2').waitFor();
    await inbox.view('Assigned to me 1').waitFor();
    await scene.as(ann, 'PUT', `conversations/${arrived['Dora Fields'].conversation}/status`, {
      status: 'spam',
    });
    await bos.view('Spam 1').waitFor();
    await bos.page.keyboard.press('6');
    await bos.row('Dora Fields').waitFor();
    await eventually('spam alone', async () => (await bos.rows.count()) === 1);
    await scene.as(ann, 'PUT', `conversations/${arrived['Dora Fields'].conversation}/status`, {
      status: 'open',
    });
    await bos.view('All open 4').waitFor();
  });

  await scene.chapter(
    'a snoozed conversation comes back at its hour, or when the customer writes',
    async () => {
      await inbox.open('all');
      const soon = (milliseconds) => ({ until: new Date(Date.now() + milliseconds).toISOString() });
      const [dora, abel] = [arrived['Dora Fields'], arrived['Abel Stone']];
      await scene.as(ann, 'PUT', `conversations/${dora.conversation}/snooze`, soon(86_400_000));
      await inbox.view('Snoozed 1').waitFor();
      await inbox.row('Dora Fields').waitFor({ state: 'detached' });
      await scene.say(dora.token, 'And to the lighthouse?');
      await inbox.row('Dora Fields').getByText('And to the lighthouse?').waitFor();
      // Long enough to be seen going, however busy the machine is.
      await scene.as(ann, 'PUT', `conversations/${abel.conversation}/snooze`, soon(4000));
      await inbox.row('Abel Stone').waitFor({ state: 'detached' });
      await inbox.row('Abel Stone').waitFor();
      await inbox.view('All open 4').waitFor();
    },
  );

  await scene.chapter('a viewer sees why they may not, and no address anywhere', async () => {
    const victor = await scene.join(ann, 'Victor', 'viewer');
    const screen = new Inbox(await scene.window(victor), victor);
    const { conversation } = arrived['Inés Peña'];
    const [customer] = (await scene.as(ann, 'GET', 'customers?q=Ines')).items;
    assert.equal(customer.email, 'magnolia@shop.example');
    const told = [];
    screen.page.on('response', async (response) => {
      if (response.url().includes('/api/')) told.push(await response.text().catch(() => ''));
    });
    await screen.open('all', conversation);
    await screen.message('pingüino').waitFor();
    await screen.page.getByText(/not answer it. Your role does not include this./).waitFor();
    assert.equal(await screen.field.count(), 0);
    const done = screen.page.getByRole('button', { name: 'Done' });
    assert.equal(await done.getAttribute('aria-disabled'), 'true');
    await done.focus();
    await screen.page.getByRole('tooltip', { name: /Your role does not include this./ }).waitFor();
    await screen.page.keyboard.press('e');
    await screen.page.getByText('m***@shop.example').waitFor();
    const screens = {
      customers: 'm***@shop.example',
      [`customers/${customer.id}`]: 'm***@shop.example',
      'search?q=pena': 'Inés Peña',
      'search?q=shop.example': 'Inés Peña',
    };
    for (const [path, shown] of Object.entries(screens)) {
      await screen.page.goto(`/w/${ann.workspace}/${path}`);
      await screen.page.getByText(shown).first().waitFor();
      assert.ok(!(await screen.page.content()).includes('magnolia'), path);
    }
    // Nor can it be guessed letter by letter.
    await screen.page.goto(`/w/${ann.workspace}/search?q=magnolia`);
    await screen.page.getByText('Nothing found for').waitFor();
    assert.ok(told.join().includes('m***@shop.example'));
    assert.ok(!told.join().includes('magnolia@'), 'no answer of the server holds it either');
    assert.equal((await scene.as(ann, 'GET', `conversations/${conversation}`)).status, 'open');
  });

  await scene.chapter('a light seat says that it is the seat', async () => {
    const cleo = await scene.join(ann, 'Cleo', 'member', 'collaborator');
    const screen = new Inbox(await scene.window(cleo), cleo);
    await screen.open('all', arrived['Inés Peña'].conversation);
    await screen.page.getByText(/not answer it. A light seat does not include this./).waitFor();
    await screen.page.getByText('magnolia@shop.example').waitFor();
    assert.equal(await screen.field.count(), 0);
  });

  await scene.chapter('on a phone one pane at a time, and back goes back', async () => {
    const phone = await scene.window(ann, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    const screen = new Inbox(phone, ann);
    await screen.open('all');
    const tabs = phone.getByRole('navigation', { name: 'Main' });
    await tabs.getByRole('link', { name: 'Customers' }).waitFor();
    await screen.row('Carl Roth').tap();
    await screen.message('without its lid').waitFor();
    await screen.row('Carl Roth').waitFor({ state: 'hidden' });
    await tabs.waitFor({ state: 'hidden' });
    await phone.getByRole('button', { name: 'More actions' }).tap();
    await phone.getByRole('menuitem', { name: 'Open the customer' }).tap();
    await phone.getByRole('heading', { name: 'Details' }).waitFor();
    await phone.goBack();
    await screen.message('without its lid').waitFor();
    await phone.goBack();
    await screen.row('Carl Roth').waitFor();
    await screen.log.waitFor({ state: 'hidden' });
    await screen.row('Inés Peña').tap();
    await phone.getByRole('button', { name: 'Back to the list' }).tap();
    await screen.row('Inés Peña').waitFor();
    for (const name of ['Customers', 'Search', 'Settings', 'Inbox']) {
      await tabs.getByRole('link', { name }).tap();
      await eventually(
        `${name} is marked`,
        async () => (await tabs.getByRole('link', { name }).getAttribute('aria-current')) === 'page',
      );
      const wider = await phone.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      assert.equal(wider, false, `${name} needs no sideways scrolling`);
    }
  });

  await scene.chapter('in Spanish, chosen once and kept', async () => {
    await page.getByRole('button', { name: /Your account$/ }).click();
    await page.getByRole('menuitemradio', { name: 'Español' }).click();
    await page.getByRole('heading', { name: 'Todas las abiertas' }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'es');
    await page.reload();
    await page.getByRole('heading', { name: 'Todas las abiertas' }).waitFor();
    const elsewhere = await scene.window(ann);
    await elsewhere.goto(`/w/${ann.workspace}/inbox/all`);
    await elsewhere.getByRole('heading', { name: 'Todas las abiertas' }).waitFor();
  });
});
