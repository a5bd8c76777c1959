// The stage of a browser story: the real program on a fresh database, a website with the chat on it, real browsers.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { browserOptions } from './browser.mjs';
import { runAhead } from './clock.mjs';
import { eventually } from './eventually.mjs';
import { freePort, Server } from './server.mjs';

export { eventually };

export const password = 'seven quiet lanterns';

const DAY_SECONDS = 24 * 60 * 60;

/** Opens a stage for one story; everything on it is gone when the story ends. `movable`: days can pass on it. */
export async function stage(
  story,
  {
    signUp = 'open',
    agent = 'none',
    catalogue = 'default',
    till = 'none',
    movable = false,
    settings = {},
  } = {},
) {
  const afterwards = new Afterwards(story);
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-story-'));
  afterwards.add(() => rm(folder, { recursive: true, force: true }));
  if (movable) runAhead(folder, 0);
  const options = {
    '--sign-up': signUp,
    '--agent': agent,
    '--catalogue': catalogue,
    '--till': till,
    ...settings,
  };
  const server = await Server.start(folder, 'serve', ...Object.entries(options).flat());
  afterwards.add(() => server.kill());
  const browser = await chromium.launch(browserOptions);
  afterwards.add(() => browser.close());
  return new Stage(story, afterwards, { folder, server, browser });
}

/** What is undone and looked at when the story ends: the last thing first, and each whatever came of the others. */
class Afterwards {
  #steps = [];

  constructor(story) {
    story.after(async () => {
      const outcomes = [];
      for (const step of this.#steps.reverse())
        outcomes.push(...(await Promise.allSettled([(async () => step())()])));
      const failed = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failed) throw failed.reason;
    });
  }

  add(step) {
    this.#steps.push(step);
  }
}

class Stage {
  #broken = false;
  #ahead = 0;

  constructor(story, afterwards, { folder, server, browser }) {
    Object.assign(this, { story, afterwards, folder, server, origin: server.origin, browser });
  }

  /** One part of a story. It builds on the parts before: after one that failed the rest fails at once. */
  chapter(name, act) {
    return this.story.test(name, async () => {
      assert.ok(!this.#broken, 'an earlier part failed');
      try {
        await act();
      } catch (error) {
        this.#broken = true;
        await this.#keepPictures();
        throw error;
      }
    });
  }

  /** What stood on the screens when a part failed. */
  async #keepPictures() {
    const pages = this.browser.contexts().flatMap((context) => context.pages());
    const folder = await mkdtemp(join(tmpdir(), 'guildhall-failed-'));
    for (const [at, page] of pages.entries())
      await page.screenshot({ path: join(folder, `${at + 1}.png`) }).catch(() => undefined);
    console.error(`what the windows showed: ${folder}`);
  }

  /** Days pass, for the program and in every window that is open. */
  async pass(days) {
    this.#ahead += days * DAY_SECONDS;
    runAhead(this.folder, this.#ahead);
    const now = Date.now() + this.#ahead * 1000;
    await Promise.all(this.browser.contexts().map((context) => context.clock.setSystemTime(now)));
  }

  /** Signs somebody up through the API: `{name, email, cookie, workspace, member}`. */
  async signUp(name, more = {}) {
    const email = `${name.toLowerCase()}@example.com`;
    const { body, cookie } = await this.call('POST', '/api/v1/accounts', { name, email, password, ...more });
    const [home] = body.memberships;
    return { name, email, cookie, workspace: home.workspace.id, member: home.member_id };
  }

  /** Somebody joins the workspace of `owner` by invitation. */
  async join(owner, name, role_key, seat_type = 'full') {
    const email = `${name.toLowerCase()}@example.com`;
    await this.as(owner, 'POST', 'invitations', { email, role_key, seat_type });
    return this.signUp(name, { invitation_token: await this.mailed(email, '/invite/') });
  }

  /** The token of the newest link of a kind that was mailed to an address. */
  async mailed(email, link) {
    return eventually(`a mail to ${email}`, async () => {
      const folder = join(this.folder, 'mail');
      const files = existsSync(folder)
        ? (await readdir(folder))
            .filter((file) => file.endsWith('.eml'))
            .sort()
            .reverse()
        : [];
      for (const file of files) {
        const mail = await readFile(join(folder, file), 'utf8');
        const found = mail.match(new RegExp(`${link}([\\w-]+)`));
        if (found && mail.toLowerCase().includes(`to: ${email}`)) return found[1];
      }
    });
  }

  /** A request with a person's cookie, in their workspace. */
  async as(person, method, path, body) {
    const whole = `/api/v1/workspaces/${person.workspace}${path && `/${path}`}`;
    const { body: answer } = await this.call(method, whole, body, { cookie: person.cookie });
    return answer;
  }

  /** The same, for what is refused (403) to that person. */
  async refused(person, method, path, body) {
    await assert.rejects(this.as(person, method, path, body), /: 403 /);
  }

  async call(method, path, body, headers = {}) {
    const response = await fetch(this.origin + path, {
      method,
      headers: { origin: this.origin, ...(body && { 'content-type': 'application/json' }), ...headers },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
    const cookie = response.headers.get('set-cookie')?.split(';')[0];
    return { body: text ? JSON.parse(text) : null, cookie };
  }

  /** A browser window of its own, signed in as somebody or nobody. What goes wrong in it fails the story. */
  async window(person, options = {}) {
    const context = await this.browser.newContext({
      baseURL: this.origin,
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
      ...options,
    });
    context.setDefaultTimeout(10_000);
    if (this.#ahead > 0) await context.clock.setSystemTime(Date.now() + this.#ahead * 1000);
    if (person) {
      const [name, value] = person.cookie.split('=');
      await context.addCookies([{ name, value, url: this.origin }]);
    }
    const page = await context.newPage();
    const wrong = [];
    page.on('pageerror', (error) => wrong.push(`page error: ${error}`));
    page.on('console', (message) => {
      // Refusals that a story provokes are logged by the browser as failed loads; anything else is ours.
      const text = message.text();
      if (message.type() === 'error' && !text.startsWith('Failed to load resource'))
        wrong.push(`console: ${text}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 500) wrong.push(`${response.status()} ${response.url()}`);
    });
    this.afterwards.add(() => assert.deepEqual(wrong, []));
    return page;
  }

  /** A visitor who writes through the workspace's own chat: their token, and the conversation. */
  async arrive(owner, { name, email, text }) {
    const [channel] = (await this.as(owner, 'GET', 'channels')).items;
    const visit = { channel_key: channel.public_key, name, email, locale: 'en' };
    const { token } = (await this.call('POST', '/widget/v1/visitors', visit)).body;
    return { token, conversation: await this.say(token, text) };
  }

  /** The visitor writes; gives back the conversation's id. */
  async say(token, text) {
    const message = { client_id: crypto.randomUUID(), text };
    const { body } = await this.call('POST', '/widget/v1/messages', message, {
      authorization: `Visitor ${token}`,
    });
    return body.conversation_id;
  }

  /** A website of somebody's, on an address of its own, with the chat on it. */
  async website(owner) {
    const channel = await this.as(owner, 'POST', 'channels', { name: 'Website' });
    const script = `<script src="${this.origin}/widget/w.js" data-key="${channel.public_key}" async></script>`;
    const url = await this.publish(() => script);
    await this.as(owner, 'PATCH', `channels/${channel.id}`, { allowed_origins: [url] });
    return { url, channel };
  }

  /** A demo beside it, filled: where its sample site and its mail are. */
  async demo() {
    const folder = await mkdtemp(join(tmpdir(), 'guildhall-demo-'));
    this.afterwards.add(() => rm(folder, { recursive: true, force: true }));
    const site = `127.0.0.1:${await freePort()}`;
    const server = await Server.start(folder, 'demo', '--sample-site', site);
    this.afterwards.add(() => server.kill());
    return { site: `http://${site}`, mail: `${server.origin}/dev/mail` };
  }

  /** Puts a page on an address of its own; `script` gives what stands at the end of its body. */
  async publish(script) {
    const page = (body) =>
      `<!doctype html><html lang="en"><title>Shop</title><main><h1>Shop</h1></main>${body}</html>`;
    const server = createServer((_, response) =>
      response.setHeader('content-type', 'text/html').end(page(script())),
    );
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
    this.afterwards.add(() => server.close());
    return `http://127.0.0.1:${server.address().port}`;
  }
}
