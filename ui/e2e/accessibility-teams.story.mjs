// No screen or dialog around the inbox has a violation that axe can find: teams, hours, routing, tools, tasks, news.
import { test } from 'node:test';
import { inEachLook, inspect, inspectDialog } from './axe.mjs';
import { stage } from './stage.mjs';

test('what helps a team work together is free of violations', async (story) => {
  const scene = await stage(story);
  const world = await fill(scene);
  await inEachLook(scene, async (windowOf, say) => {
    const page = await windowOf(world.ann);
    await inspectTeams(page, world, say);
    await inspectRouting(page, world, say);
    await inspectTools(page, world, say);
    await inspectTasks(page, world, say);
    await inspectNews(page, world, say);
    await inspectLocked(await windowOf(world.vic), world);
  });
});

/** Something on every screen. */
async function fill(scene) {
  const ann = await scene.signUp('Ann');
  const bo = await scene.join(ann, 'Bo', 'member');
  const vic = await scene.join(ann, 'Vic', 'viewer');
  const as = (method, path, body) => scene.as(ann, method, path, body);
  const members = [bo.member, ann.member];
  const team = await as('POST', 'teams', {
    name: 'Support',
    strategy: 'round_robin',
    capacity: 5,
    member_ids: members,
  });
  const working = { days: [1, 2, 3, 4, 5], from: '09:00', to: '13:00' };
  await as('POST', 'shifts', { member_id: bo.member, ...working });
  await as('POST', 'shifts', {
    member_id: ann.member,
    days: [6],
    from: '22:00',
    to: '02:00',
    team_id: team.id,
  });
  await as('PUT', 'business-hours', {
    timezone: 'Europe/Madrid',
    weekly: [{ day: 1, from: '09:00', to: '14:00' }],
    holidays: [{ date: '2026-12-25', name: 'Christmas' }],
  });
  const label = await as('POST', 'labels', {
    name: 'Billing',
    color: 145,
    icon: '⭐',
    purpose: 'About money',
  });
  const canned = { title: 'The invoice', shortcut: 'invoice', text: 'Here it is.', scope: 'workspace' };
  await as('POST', 'canned-responses', canned);
  const actions = [
    { kind: 'label', label_id: label.id },
    { kind: 'status', status: 'solved' },
  ];
  await as('POST', 'macros', { name: 'Refund', scope: 'workspace', actions });
  await as('POST', 'saved-searches', { name: 'Money', shared: true, filter: { label_id: label.id } });
  await as('POST', 'routing-rules', {
    name: 'Spanish',
    conditions: { languages: ['es'] },
    action: { team_id: team.id },
  });
  const { conversation } = await scene.arrive(ann, { name: 'Inés Peña', text: 'Vi un pingüino.' });
  await as('PUT', `conversations/${conversation}/labels/${label.id}`);
  const hour = 3_600_000;
  const at = (later) => new Date(Date.now() + later).toISOString();
  const mine = { assignee_id: ann.member };
  await as('POST', 'tasks', {
    title: 'Call Inés',
    ...mine,
    due_at: at(-hour),
    conversation_id: conversation,
  });
  const task = await as('POST', 'tasks', { title: 'Send the offer', ...mine, due_at: at(30 * hour) });
  await as('POST', `tasks/${task.id}/comments`, { text: 'With the new prices.' });
  await scene.as(bo, 'POST', `conversations/${conversation}/notes`, {
    client_id: crypto.randomUUID(),
    text: '@Ann a look?',
    attachments: [],
    mentions: [{ kind: 'member', id: ann.member }],
  });
  return { ann, vic, team, task };
}

/** Opens a page of the workspace. */
const visit = (page, person, path) => page.goto(`/w/${person.workspace}/${path}`);

async function inspectTeams(page, { ann, team }, say) {
  const button = (text) => page.getByRole('button', { name: say(text), exact: true }).first();
  await visit(page, ann, 'settings/teams');
  await inspect(page, 'teams');
  await button('New team').click();
  await inspectDialog(page, 'a new team');
  await visit(page, ann, `settings/teams/${team.id}`);
  await page.getByRole('complementary').waitFor();
  await inspect(page, 'a team');
  await button('Delete the team…').click();
  await inspectDialog(page, 'the end of a team');
  for (const path of ['hours', 'inbox', 'slack']) {
    await visit(page, ann, `settings/${path}`);
    await inspect(page, path);
  }
  await visit(page, ann, 'settings/shifts');
  await page.getByRole('row').last().waitFor();
  await inspect(page, 'shifts');
  await button('New shift').click();
  await inspectDialog(page, 'a new shift');
}

async function inspectRouting(page, { ann }, say) {
  const button = (text) => page.getByRole('button', { name: say(text), exact: true }).first();
  await visit(page, ann, 'settings/routing');
  await page.getByText('Spanish', { exact: true }).waitFor();
  await inspect(page, 'routing');
  await button('New rule').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(say('Name'), { exact: true }).fill('Everything else');
  await inspect(page, 'a rule', '[role=dialog]');
  await dialog.getByRole('button', { name: say('Keep') }).click();
  await button('Rehearse…').click();
  await dialog.getByRole('status').waitFor();
  await inspectDialog(page, 'a rehearsal');
  await button('Discard').click();
  await page.getByRole('button', { name: new RegExp(`: ${say('By shift')}$`) }).click();
  await inspectDialog(page, 'a recipe');
}

async function inspectTools(page, { ann }, say) {
  const dialogs = {
    labels: ['New label'],
    replies: ['New response', 'Import…'],
    macros: ['New macro'],
    views: [],
  };
  for (const [path, buttons] of Object.entries(dialogs)) {
    await visit(page, ann, `settings/${path}`);
    await page.getByRole('main').getByRole('listitem').first().waitFor();
    await inspect(page, path);
    for (const text of buttons) {
      await page
        .getByRole('button', { name: say(text), exact: true })
        .first()
        .click();
      await inspectDialog(page, text);
    }
  }
}

async function inspectTasks(page, { ann, task }, say) {
  await visit(page, ann, 'tasks');
  await page.getByText('Send the offer').waitFor();
  await inspect(page, 'tasks');
  await page.getByRole('button', { name: say('As a week') }).click();
  await page.getByRole('heading', { level: 3 }).last().waitFor();
  await inspect(page, 'tasks of a week');
  await visit(page, ann, `tasks/${task.id}`);
  await page.getByText('With the new prices.').waitFor();
  await inspectDialog(page, 'a task');
}

async function inspectNews(page, { ann }) {
  await visit(page, ann, 'notifications');
  await page.getByText('a look?').waitFor();
  await inspect(page, 'notifications');
  await page.goto('/me/notifications');
  await page.getByRole('checkbox').first().click();
  await page.getByRole('rowheader').last().waitFor();
  await inspect(page, 'what one is told');
}

/** What somebody sees who may look only. */
async function inspectLocked(page, { vic, team }) {
  for (const path of [
    'teams',
    `teams/${team.id}`,
    'hours',
    'shifts',
    'routing',
    'inbox',
    'labels',
    'replies',
  ]) {
    await visit(page, vic, `settings/${path}`);
    await inspect(page, `${path} to look at`);
  }
  await visit(page, vic, 'tasks');
  await inspect(page, 'tasks to look at');
}
