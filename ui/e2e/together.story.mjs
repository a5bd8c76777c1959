// Several people at once in one inbox: who takes a conversation, who is asked for help without meeting the customer,
// who goes on with it, and what is done to many at once and taken back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Inbox } from './screens.mjs';
import { eventually, stage } from './stage.mjs';

test('working together in one inbox', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  const bo = await scene.join(ann, 'Bo', 'member');
  const cleo = await scene.join(ann, 'Cleo', 'member', 'collaborator');
  const guests = ['Dora Fields', 'Carl Roth', 'Inés Peña', 'Abel Stone', 'Mia Holt'];
  const arrived = {};
  for (const name of guests)
    arrived[name] = await scene.arrive(ann, { name, text: `${name} has a question` });
  const open = async (person) => {
    const inbox = new Inbox(await scene.window(person), person);
    await inbox.open('all');
    await inbox.row('Dora Fields').waitFor();
    return inbox;
  };
  const [anns, bos, cleos] = await Promise.all([ann, bo, cleo].map(open));

  await scene.chapter('of two who take a conversation one gets it, and both see who', async () => {
    const id = arrived['Dora Fields'].conversation;
    await Promise.all([anns, bos].map((inbox) => inbox.row('Dora Fields').click()));
    await Promise.all([anns, bos].map((inbox) => inbox.message('has a question').waitFor()));
    await sentTogether([anns, bos], '**/claim');
    await Promise.all([anns, bos].map(({ page }) => page.keyboard.press('i')));
    const { assignee } = await eventually('somebody has it', async () => {
      const conversation = await scene.as(ann, 'GET', `conversations/${id}`);
      return conversation.assignee && conversation;
    });
    const [winner, loser] = assignee.name === 'Ann' ? [anns, bos] : [bos, anns];
    await winner.page.getByRole('button', { name: 'Assigned to you' }).waitFor();
    await loser.page.getByRole('button', { name: assignee.name, exact: true }).waitFor();
    await loser.page.getByText(`${assignee.name} took it first.`, { exact: true }).waitFor();
  });

  await scene.chapter(
    'a collaborator is mentioned, answers with a note, and cannot answer the customer',
    async () => {
      await anns.row('Carl Roth').click();
      await anns.message('Carl Roth has a question').waitFor();
      await anns.page.keyboard.press('n');
      await anns.note.pressSequentially('Which lid fits? @cle');
      await anns.page
        .getByRole('listbox', { name: 'Mention' })
        .getByRole('option', { name: /Cleo/ })
        .waitFor();
      await anns.page.keyboard.press('Enter');
      await eventually('the name', async () => (await anns.note.inputValue()) === 'Which lid fits? @Cleo ');
      // A reply that was begun stays what it is.
      await anns.page.getByRole('button', { name: 'Reply', exact: true }).click();
      await anns.field.fill('I will ask.');
      await anns.page.getByRole('button', { name: /^Note/ }).click();
      await anns.page.getByRole('button', { name: /Reply \(holds a draft\)/ }).waitFor();
      await anns.note.press('Control+Enter');
      await anns.message('@Cleo').getByText('only your team sees this').waitFor();

      await cleos.row('Carl Roth').click();
      await cleos.message('Which lid fits? @Cleo').waitFor();
      await cleos.page.getByText(/not answer it. A light seat does not include this./).waitFor();
      assert.equal(await cleos.field.count(), 0);
      await cleos.note.fill('The flat one.');
      await cleos.note.press('Control+Enter');
      await anns.message('The flat one.').waitFor();
      await scene.refused(cleo, 'POST', `conversations/${arrived['Carl Roth'].conversation}/messages`, {
        text: 'The flat one.',
        seen_seq: 9,
      });
      // The customer's own page knows of neither note.
      const { body } = await scene.call(
        'GET',
        `/widget/v1/conversations/${arrived['Carl Roth'].conversation}/messages`,
        undefined,
        { authorization: `Visitor ${arrived['Carl Roth'].token}` },
      );
      assert.deepEqual(
        body.items.map((message) => message.text),
        ['Carl Roth has a question'],
      );
    },
  );

  await scene.chapter('a hand-over is declined with a reason, and the next one accepted', async () => {
    const handOver = async () => {
      await anns.row('Inés Peña').click();
      await anns.message('Inés Peña has a question').waitFor();
      await anns.log.focus();
      await anns.page.keyboard.press('h');
      const dialog = anns.page.getByRole('dialog', { name: /^Hand over/ });
      await dialog.getByLabel('To', { exact: true }).selectOption({ label: 'Bo' });
      await dialog.getByLabel('Context').fill('She ordered two and got one.');
      await dialog.getByLabel('Discussed so far').fill('We looked for the parcel.');
      await dialog.getByLabel('Next').fill('Send the second one.');
      await dialog.getByRole('button', { name: 'Hand over', exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
      await anns.handover.getByText('Waits for Bo to accept').waitFor();
    };
    await handOver();
    await bos.row('Inés Peña').click();
    await bos.handover.getByText('Ann hands this over to Bo').waitFor();
    await bos.message('Send the second one.').waitFor();
    await bos.handover.getByRole('button', { name: 'Decline' }).click();
    await bos.page.getByRole('dialog').getByLabel('Reason').fill('I leave in an hour.');
    await bos.page.getByRole('dialog').getByRole('button', { name: 'Decline' }).click();
    await Promise.all([anns, bos].map((inbox) => inbox.handover.waitFor({ state: 'hidden' })));

    await handOver();
    await bos.handover.getByRole('button', { name: 'Accept' }).click();
    await Promise.all([anns, bos].map((inbox) => inbox.handover.waitFor({ state: 'hidden' })));
    await anns.page.getByRole('button', { name: 'Bo', exact: true }).waitFor();
    await bos.page.getByRole('button', { name: 'Assigned to you' }).waitFor();
  });

  await scene.chapter('many are closed at once, and come back with one key', async () => {
    await anns.open('all');
    await anns.row('Mia Holt').click();
    await anns.message('Mia Holt has a question').waitFor();
    await anns.log.focus();
    await anns.page.keyboard.press('x');
    await anns.page.keyboard.press('Shift+J');
    await anns.page.keyboard.press('Shift+J');
    const bar = anns.page.getByRole('toolbar', { name: 'With the selected conversations' });
    await bar.getByText('3 selected').waitFor();
    await anns.page.keyboard.press('e');
    await anns.page.getByText('Marked as done: 3', { exact: true }).waitFor();
    await bos.view('Done 3').waitFor();
    await bos.view('All open 2').waitFor();
    await anns.page.keyboard.press('z');
    await bos.view('All open 5').waitFor();
    await anns.row('Mia Holt').waitFor();
  });

  await scene.chapter('a note is written in many at once, and taken back with one key', async () => {
    const { page } = anns;
    await anns.row('Mia Holt').click();
    await anns.message('Mia Holt has a question').waitFor();
    await anns.log.focus();
    await page.keyboard.press('x');
    await page.keyboard.press('Shift+J');
    const bar = page.getByRole('toolbar', { name: 'With the selected conversations' });
    await bar.getByText('2 selected').waitFor();
    await bar.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Write a note…' }).click();
    await page.getByRole('dialog').getByLabel('Note').fill('The parcels are late today');
    await page.getByRole('dialog').getByRole('button', { name: 'Add the notes' }).click();
    await page.getByText('Notes written: 2', { exact: true }).waitFor();
    await anns.message('The parcels are late today').waitFor();
    await page.keyboard.press('z');
    await anns.message('The parcels are late today').waitFor({ state: 'hidden' });
  });

  await scene.chapter('a label narrows the list, in every window', async () => {
    await anns.row('Abel Stone').click();
    await anns.message('Abel Stone has a question').waitFor();
    await anns.log.focus();
    await anns.page.keyboard.press('l');
    await anns.page.getByRole('menuitemcheckbox', { name: 'Bo' }).click();
    await anns.page.keyboard.press('Escape');
    await bos.row('Abel Stone').getByText('Bo', { exact: true }).first().waitFor();
    await bos.open(`label.${bo.member}`);
    await bos.page.getByRole('heading', { level: 1, name: 'Bo' }).waitFor();
    await bos.row('Abel Stone').waitFor();
    await eventually('it alone', async () => (await bos.rows.count()) === 1);
  });

  await scene.chapter('what one begins to write is there on the next device', async () => {
    await anns.open('all', arrived['Abel Stone'].conversation);
    await anns.field.fill('Invoices go out on Fridays');
    const kept = async () => {
      const draft = await scene.as(ann, 'GET', `conversations/${arrived['Abel Stone'].conversation}/draft`);
      return draft.reply === 'Invoices go out on Fridays';
    };
    await eventually('the server has the draft', kept);
    const elsewhere = new Inbox(await scene.window(ann), ann);
    await elsewhere.open('all', arrived['Abel Stone'].conversation);
    await eventually(
      'the draft',
      async () => (await elsewhere.field.inputValue()) === 'Invoices go out on Fridays',
    );
  });
});

/** Holds what each of the windows sends to an address until all have: none has heard of another when it does. */
async function sentTogether(inboxes, url) {
  let waiting = inboxes.length;
  let release;
  const all = new Promise((done) => {
    release = done;
  });
  for (const { page } of inboxes) {
    await page.route(url, async (route) => {
      waiting -= 1;
      if (waiting === 0) release();
      await all;
      await route.continue();
    });
  }
}
