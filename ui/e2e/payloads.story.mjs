// What people write is text wherever it shows (T-I1): payloads put through every inlet, looked at in every view, with
// the browser's policy as served and without it, over a tripwire that hears whatever acts.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { Chat, Inbox, rested } from './screens.mjs';
import { eventually, stage } from './stage.mjs';

/** What acts as soon as it is taken for HTML. Each fits into a label, and asks `host` or calls `alert`. */
const acting = (host) => [
  '<script>alert(1)</script>',
  `<script src=//${host}/a></script>`,
  '</script></title><script>alert(2)</script>',
  `"><img src=//${host}/b onerror=alert(3)>`,
  "'><img src=x onerror=alert(4)>",
  '<svg onload=alert(5)></svg>',
  '<svg><set onbegin=alert(6) attributeName=x />',
  '<math><mtext></table><img src=x onerror=alert(7)>',
  '<iframe srcdoc="<svg onload=alert(8)>"></iframe>',
  '<input autofocus onfocus=alert(9)>',
  '<a href=javascript:alert(10)>x</a>',
  '<a href=data:text/html,alert(11)>x</a>',
  '<img src=data:image/svg+xml,%3Csvg/%3E>',
  `<style>@import'//${host}/c'</style>`,
  `<p style=background:url(//${host}/d)>x`,
  `<link rel=stylesheet href=//${host}/e>`,
  `<video poster=//${host}/f></video>`,
];

/** What acts where Markdown, templates or entities are read once too often. */
const encoded = (host) => [
  '[x](javascript:alert(20))',
  '[x](data:text/html,<script>alert(21)</script>)',
  `![x](//${host}/g)`,
  `![x](//${host}/h"onerror="alert(22))`,
  'javascript:alert(23)',
  `http://${host}/i"onmouseover=alert(29)`,
  "{{constructor.constructor('alert(24)')()}}",
  `\${alert(25)}#{alert(25)}<%= alert(25) %>`,
  '&lt;img src=x onerror=alert(26)&gt;',
  '&#60;svg onload=alert(27)&#62;',
  '" onmouseover=alert(28) style="color:red',
];

/** What a label may not hold and other lines may, and what only texts of several lines may. */
const hidden = ['\u200b<\u200bscript>alert(31)</script>'];
const controls = [
  '\u202e<svg onload=alert(30)></svg>',
  '\u001b[31m\u0007<svg onload=alert(32)></svg>',
  'java\nscript:alert(33)\t<svg\nonload=alert(34)>',
];

/** Hears what acts: calls of `alert` and the like, what the policy had to stop, and requests to elsewhere. */
class Tripwire {
  heard = [];

  static async start(scene) {
    const wire = new Tripwire();
    const server = createServer((request, response) => {
      wire.heard.push(`asked for ${request.url}`);
      response.end();
    });
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
    scene.afterwards.add(() => server.close());
    wire.host = `127.0.0.1:${server.address().port}`;
    return wire;
  }

  /** Listens in a window that has no business outside of `origins`. */
  async listen(page, ...origins) {
    const context = page.context();
    await context.exposeBinding('tripped', (_, what) => this.heard.push(what));
    await context.addInitScript(() => {
      for (const name of ['alert', 'confirm', 'prompt'])
        window[name] = (...said) => window.tripped(`${name}(${said})`);
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        window.tripped(`${violatedDirective} stopped ${blockedURI}`),
      );
    });
    context.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && !origins.includes(origin))
        this.heard.push(`request to ${request.url()}`);
    });
  }
}

/** Elements that nothing of ours draws, though nothing may have set them off yet. */
const planted = (root) =>
  root.evaluate((root) => {
    const foreign = ['iframe', 'object', 'embed', 'base', 'video', 'math', 'set'];
    const active = (element) =>
      foreign.includes(element.localName) ||
      [...element.attributes].some(
        ({ name, value }) =>
          name.startsWith('on') ||
          (/href|src|action|data$/.test(name) && /^(javascript|data|vbscript):/i.test(value.trim())),
      );
    return [...root.querySelectorAll('*')].filter(active).map((element) => element.outerHTML);
  });

/** Those of the texts that do not show, letter by letter. */
const missing = (root, texts) =>
  root.evaluate((root, texts) => {
    const fields = [...root.querySelectorAll('input, textarea')].map((field) => field.value);
    const shown = [root.textContent, ...fields].join('\n');
    return texts.filter((text) => !shown.includes(text));
  }, texts);

/** Waits until the texts show, and finds nothing but text in them. */
async function holds(root, texts) {
  let lacking;
  await eventually('the payloads show', async () => {
    lacking = await missing(root, texts);
    return lacking.length === 0;
  }).catch((cause) => {
    throw new Error(`${root.page().url()} does not show ${JSON.stringify(lacking)}`, { cause });
  });
  assert.deepEqual(await planted(root), [], root.page().url());
}

/** High enough for every row of a list, which draws only what is in sight; small to paint. */
const high = { viewport: { width: 1440, height: 4000 }, deviceScaleFactor: 0.25 };

test('what people write is text wherever it shows (T-I1)', async (story) => {
  const scene = await stage(story);
  const wire = await Tripwire.start(scene);
  const short = [...acting(wire.host), ...encoded(wire.host)];
  const lines = [...short, ...hidden];
  const texts = [...lines, ...controls];
  const written = {
    short,
    lines,
    texts,
    name: `Q ${short[3]}${short[5]}${short[1]}${encoded(wire.host)[6]}`,
  };
  let world;

  await scene.chapter('T-I1: taken for HTML, the payloads do act', async () => {
    let payload = '';
    const url = await scene.publish(() => payload);
    const page = await scene.window();
    const body = page.locator('body');
    await wire.listen(page, url);
    for (payload of acting(wire.host)) {
      wire.heard.length = 0;
      await page.goto(url);
      await eventually(payload, async () => wire.heard.length > 0 || (await planted(body)).length > 0);
    }
    wire.heard.length = 0;
  });

  await scene.chapter('T-I1: every inlet takes them as text', async () => {
    world = await fill(scene, written);
  });

  for (const bypassCSP of [false, true])
    await scene.chapter(
      `T-I1: nothing acts in any view, ${bypassCSP ? 'without' : 'with'} the policy`,
      async () => {
        const windowOf = async (person) => {
          const page = await scene.window(person, { ...high, bypassCSP });
          await wire.listen(page, scene.origin);
          return page;
        };
        const { ann, bo, arrived } = world;
        const page = await windowOf(ann);
        for (const [path, shown] of places(world, written)) {
          await page.goto(path);
          await holds(page.locator(path.includes('/tasks/') ? '[role=dialog]' : 'main'), shown);
          assert.deepEqual(await planted(page.locator('body')), [], path);
        }
        await openPopups(new Inbox(page, ann), arrived[bypassCSP ? 1 : 0], written);
        const bos = await windowOf(bo);
        await bos.goto(`/w/${bo.workspace}/notifications`);
        await holds(bos.getByRole('main'), [written.name]);
        await openExports(page, world, written, bypassCSP);
        assert.deepEqual(wire.heard, []);
        if (bypassCSP) assert.ok(await runsInline(bos), 'the policy is away');
        await Promise.all([page, bos].map((each) => each.context().close()));
      },
    );

  await scene.chapter('T-I1: nor in the chat, on a website without any policy', async () => {
    const { ann } = world;
    const { url, channel } = await scene.website(ann);
    const page = await scene.window();
    await wire.listen(page, url, scene.origin);
    await page.goto(url);
    const chat = new Chat(page);
    await chat.begin(written.name);
    await chat.write(short[0]);
    const { id } = await eventually('the conversation', async () =>
      (await scene.as(ann, 'GET', `conversations?channel_id=${channel.id}`)).items.at(0),
    );
    for (const [at, text] of texts.entries())
      await scene.as(ann, 'POST', `conversations/${id}/messages`, { text, seen_seq: at + 1 });
    await holds(chat.panel, texts);
    assert.deepEqual(wire.heard, []);
  });
});

/** Whether a page runs a script that stands in it: what its policy forbids. */
const runsInline = (page) =>
  page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.head.append(script);
    return window.ran === true;
  });

/** Puts the payloads through every inlet. */
async function fill(scene, { short, lines, texts, name }) {
  const ann = await scene.signUp('Ann');
  const bo = await scene.join(ann, 'Bo', 'member');
  const as = (method, path, body) => scene.as(ann, method, path, body);
  const each = async (payloads, put) => {
    const made = [];
    for (const [at, payload] of payloads.entries()) made.push(await put(payload, at));
    return made;
  };
  const { member } = bo;
  await scene.call('PATCH', '/api/v1/me', { name }, { cookie: ann.cookie });
  await as('PATCH', `members/${member}`, { display_name: name });
  await as('PATCH', '', { name });
  const [channel] = (await as('GET', 'channels')).items;
  await as('PATCH', `channels/${channel.id}`, { name });

  const labels = await each(short, (name) =>
    as('POST', 'labels', { name, color: 20, icon: name, purpose: name }),
  );
  const arrived = await each(lines, (line) => scene.arrive(ann, { name: line, text: line }));
  await each(labels, ({ id }, at) => as('PUT', `conversations/${arrived[at].conversation}/labels/${id}`));

  const said = await scene.arrive(ann, { name, text: name });
  await each(texts, (text) => scene.say(said.token, text));
  const { customer } = await as('GET', `conversations/${said.conversation}`);
  await as('PUT', `customers/${customer.id}/labels/${labels[0].id}`);
  await each(texts, (text) => as('POST', `customers/${customer.id}/notes`, { text }));

  const noted = await scene.arrive(ann, { name, text: name });
  const files = ['"><img src=x onerror=alert(40)>.png', '<svg onload=alert(41)>.svg', '{{alert(42)}}.html'];
  const attachments = (await each(files, (file) => upload(scene, ann, file))).map(({ id }) => id);
  const mentions = [{ kind: 'member', id: member }];
  await each(texts, (text, at) =>
    as('POST', `conversations/${noted.conversation}/notes`, {
      text: `**@${name}** ${text}`,
      mentions,
      attachments: at === 0 ? attachments : [],
    }),
  );
  await as('POST', `conversations/${noted.conversation}/handovers`, {
    to: { member_id: member },
    note: { context: texts.join('\n'), discussed: name, next: name },
  });

  const scope = 'workspace';
  await each(lines, (title, at) =>
    as('POST', 'canned-responses', { title, shortcut: `alert${at}`, text: title, scope }),
  );
  await each(lines, (name) => as('POST', 'macros', { name, scope, actions: [{ kind: 'assign_me' }] }));
  const saved = await each(lines, (name) =>
    as('POST', 'saved-searches', { name, icon: name, shared: true, filter: { q: name } }),
  );
  const teams = await each(lines, (name) =>
    as('POST', 'teams', { name, strategy: 'manual', member_ids: [member] }),
  );
  await each(short, (name, at) =>
    as('POST', 'routing-rules', {
      name,
      conditions: { label_ids: [labels[at].id] },
      action: { team_id: teams[0].id },
    }),
  );
  const tasks = await each(lines, (title) =>
    as('POST', 'tasks', { title, body: title, assignee_id: ann.member, conversation_id: said.conversation }),
  );
  await as('POST', `tasks/${tasks[0].id}/comments`, { text: texts.join('\n') });
  const ids = { customer, saved: saved[0], team: teams[0], task: tasks[0] };
  return { ann, bo, arrived, said: said.conversation, noted: noted.conversation, files, ...ids };
}

/** A picture with a script in it, under a name. */
async function upload(scene, { workspace, cookie }, name) {
  const query = new URLSearchParams({ name });
  const response = await fetch(`${scene.origin}/api/v1/workspaces/${workspace}/attachments?${query}`, {
    method: 'POST',
    headers: { origin: scene.origin, cookie, 'content-type': 'application/octet-stream' },
    body: '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(43)"><script>alert(44)</script></svg>',
  });
  assert.equal(response.status, 201);
  return response.json();
}

/** Every address that shows something of it, with what has to stand there. */
function places({ ann, bo, said, noted, files, ...ids }, { short, lines, texts, name }) {
  return Object.entries({
    'inbox/all': [...lines, name],
    [`inbox/saved.${ids.saved.id}`]: [lines[0]],
    [`inbox/all/${said}`]: [...texts, name],
    [`inbox/all/${noted}`]: [...texts, ...files, name],
    customers: [...lines, name],
    [`customers/${ids.customer.id}`]: [...texts, name, short[0]],
    'search?q=alert': [lines[0]],
    tasks: lines,
    [`tasks/${ids.task.id}`]: texts,
    'settings/general': [name],
    'settings/channels': [name],
    'settings/members': [name],
    [`settings/members/${bo.member}`]: [name],
    'settings/teams': lines,
    [`settings/teams/${ids.team.id}`]: [lines[0], name],
    'settings/routing': short,
    'settings/labels': short,
    'settings/replies': lines,
    'settings/macros': lines,
    'settings/views': lines,
    'settings/audit': [name],
  }).map(([path, shown]) => [`/w/${ann.workspace}/${path}`, shown]);
}

/** What opens over a conversation and lists names: the palette, ready answers, mentions, whom to hand over to. */
async function openPopups(inbox, { conversation }, { lines, name }) {
  const { page, field, note } = inbox;
  const body = page.locator('body');
  const press = (key) => page.keyboard.press(key);
  const suggested = (list) => page.getByRole('listbox', { name: list }).getByRole('option').first().waitFor();
  await inbox.open('all', conversation);
  await inbox.messages.first().waitFor();
  await press('Control+k');
  await holds(page.getByRole('dialog'), lines);
  await page.keyboard.type('alert');
  await holds(page.getByRole('dialog'), [name, lines[0]]);
  await press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await field.pressSequentially('/alert');
  await suggested('Ready answers');
  await holds(body, lines.slice(0, 12));
  await press('Enter');
  await holds(body, []);
  await rested(page);
  await inbox.log.focus();
  await press('n');
  await note.pressSequentially('@Q');
  await suggested('Mention');
  await press('Enter');
  await holds(body, [`@${name}`]);
  await rested(page);
  await inbox.log.focus();
  await press('h');
  await page.getByRole('dialog', { name: /^Hand over/ }).waitFor();
  await holds(body, [name]);
}

/** The conversations as pages of their own. Theirs is a policy that is more than the browser's switch takes away. */
async function openExports(page, { ann, said, noted, files }, { texts, name }, withoutPolicy) {
  const exported = '**/export?format=html';
  if (withoutPolicy)
    await page.route(exported, async (route) => {
      const response = await route.fetch();
      const { 'content-security-policy': policy, ...headers } = response.headers();
      assert.ok(policy.includes('sandbox'));
      await route.fulfill({ response, headers });
    });
  for (const [id, shown] of [
    [said, texts],
    [noted, [...texts, ...files]],
  ]) {
    await page.goto(`/api/v1/workspaces/${ann.workspace}/conversations/${id}/export?format=html`);
    await holds(page.locator('body'), [...shown, name]);
  }
}
