// A website that carries the chat, between a real server and a real browser, on the stage of the browser stories.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { connect, createServer as createWire } from 'node:net';
import { eventually, stage } from '../../ui/e2e/stage.mjs';

export { eventually };

/** A stage with Ann, whose website chat has these settings and lives on `site.url`. */
export async function openSite(story, settings = {}) {
  const set = await stage(story);
  const owner = await set.signUp('Ann');
  const channel = await set.as(owner, 'POST', 'channels', { name: 'Altura' });
  const site = new Site(set, owner, channel, await layWire(set));
  await site.serve();
  await site.change({ allowed_origins: [site.url], settings });
  return site;
}

class Site {
  /** What the site's page is made of; tests change it. */
  page = {
    lang: 'en',
    attributes: '',
    head: '',
    body: '<h1>Altura</h1><p>Coffee.</p>',
    headers: {},
  };

  constructor(set, owner, channel, wire) {
    Object.assign(this, { set, owner, channel, wire });
  }

  async serve() {
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      for (const [name, value] of Object.entries(this.page.headers))
        response.setHeader(name, value);
      response.end(this.html());
    });
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
    this.set.afterwards.add(() => server.close());
    this.url = `http://127.0.0.1:${server.address().port}`;
  }

  html() {
    const { lang, attributes, head, body } = this.page;
    return `<!doctype html><html lang="${lang}"><head><title>Altura</title>
      <meta name="viewport" content="width=device-width">${head}</head><body><main>${body}</main>
      <script src="${this.wire.origin}/widget/w.js" data-key="${this.channel.public_key}" ${attributes} async></script>
      </body></html>`;
  }

  change(update) {
    return this.set.as(this.owner, 'PATCH', `channels/${this.channel.id}`, update);
  }

  /** The hash by which the site vouches for a user of its own. */
  async signer() {
    const { secret } = await this.set.as(
      this.owner,
      'POST',
      `channels/${this.channel.id}/identity-secret`,
    );
    return (user) => createHmac('sha256', secret).update(user).digest('hex');
  }

  /** Somebody comes to the site, in a browser of their own; `refused` when it may complain about that. */
  async visit({ refused = false, ...options } = {}) {
    const all = { locale: 'en-US', reducedMotion: 'reduce', ...options };
    if (!refused) {
      const page = await this.set.window(null, all);
      await page.goto(this.url);
      return new Visit(page);
    }
    const context = await this.set.browser.newContext(all);
    context.setDefaultTimeout(10_000);
    return this.join(context);
  }

  /** Another tab of a browser that was here before. */
  async join(context) {
    const page = await context.newPage();
    await page.goto(this.url);
    return new Visit(page);
  }

  conversations() {
    return this.set.as(this.owner, 'GET', 'conversations').then(({ items }) => items);
  }

  /** The one conversation there is, once there is one. */
  async conversation() {
    const [first, ...more] = await eventually('a conversation', async () => {
      const all = await this.conversations();
      return all.length > 0 && all;
    });
    assert.deepEqual(more, []);
    return first;
  }

  async messages() {
    const { id } = await this.conversation();
    const { items } = await this.set.as(
      this.owner,
      'GET',
      `conversations/${id}/messages?limit=100`,
    );
    return items;
  }

  texts() {
    return this.messages().then((messages) => messages.map(({ text }) => text));
  }

  /** Ann answers from the inbox. */
  async reply(text) {
    const { id } = await this.conversation();
    const seen_seq = (await this.messages()).at(-1).seq;
    return this.set.as(this.owner, 'POST', `conversations/${id}/messages`, { text, seen_seq });
  }

  /** Ann's inbox listens: `heard` waits for an event of a kind that is as it should be. */
  async listen() {
    const off = new AbortController();
    this.set.afterwards.add(() => off.abort());
    const { body } = await fetch(
      `${this.set.origin}/api/v1/workspaces/${this.owner.workspace}/events`,
      {
        headers: { cookie: this.owner.cookie },
        signal: off.signal,
      },
    );
    let text = '';
    (async () => {
      for await (const chunk of body.pipeThrough(new TextDecoderStream())) text += chunk;
    })().catch(() => {});
    const frames = () => text.matchAll(/event: (\w+)\ndata: (.+)\n\n/g);
    return {
      heard: (kind, fits) =>
        eventually(`an event ${kind}`, () =>
          [...frames()].some(([, event, data]) => event === kind && fits(JSON.parse(data))),
        ),
    };
  }

  async agent(method, path, body) {
    const { id } = await this.conversation();
    return this.set.as(this.owner, method, `conversations/${id}/${path}`, body);
  }
}

/** A visitor's eyes and hands. */
class Visit {
  constructor(page) {
    this.page = page;
    this.launcher = page.locator('guildhall-chat .launcher');
    this.badge = page.locator('guildhall-chat .badge');
    this.panel = page.locator('guildhall-chat dialog');
    this.input = this.panel.locator('textarea');
    this.log = this.panel.getByRole('log');
    this.notice = this.panel.locator('.notice');
    this.chooser = this.panel.locator('input[type=file]');
    this.bubbles = this.panel.locator('.bubble');
  }

  async open() {
    await this.launcher.click();
    await this.panel.waitFor();
  }

  /** Fills in the form, or leaves it empty. */
  async introduce({ name = '', email = '' } = {}) {
    await this.panel.getByLabel('Name').fill(name);
    await this.panel.getByLabel('Email').fill(email);
    await this.panel.getByRole('button', { name: 'Start chat' }).click();
    await this.input.waitFor();
  }

  async write(text) {
    await this.input.fill(text);
    await this.input.press('Enter');
  }

  /** Drops files of these sizes on the panel. */
  drop(files) {
    return this.panel.evaluate((panel, files) => {
      const dataTransfer = new DataTransfer();
      for (const { name, size } of files) {
        dataTransfer.items.add(new File([new Uint8Array(size).fill(97)], name));
      }
      for (const type of ['dragover', 'drop']) {
        panel.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      }
    }, files);
  }

  /** Waits for the words under the last message. */
  async fare(words) {
    await this.panel.locator('.meta').last().getByText(words).waitFor();
  }

  said(text) {
    return this.log.getByText(text, { exact: true });
  }

  /** The focused element's label, inside the chat or outside. */
  focused() {
    return this.page.evaluate(() => {
      const { activeElement } = document;
      const inner = activeElement?.shadowRoot?.activeElement ?? activeElement;
      return inner?.ariaLabel ?? inner?.className ?? inner?.tagName;
    });
  }
}

/**
 * The way to the server as a network has it: it can be cut, get stuck, or lose the answer to what the server took.
 * Only what goes through it is hurt; the test itself speaks to the server directly.
 */
async function layWire(set) {
  const { port } = new URL(set.origin);
  const open = new Set();
  const state = { cut: false, deaf: false, held: false };
  const wire = createWire((client) => {
    if (state.cut) return client.destroy();
    const server = connect(port, '127.0.0.1');
    open.add(client);
    let isMessage = false;
    client.on('data', (data) => {
      isMessage = data.includes('POST /widget/v1/messages');
      server.write(data);
      if (state.held && data.includes('POST /widget/v1/attachments')) client.pause();
    });
    server.on('data', (data) => {
      if (isMessage && state.deaf) client.destroy();
      else client.write(data);
    });
    for (const [one, other] of [
      [client, server],
      [server, client],
    ]) {
      one.on('error', () => other.destroy());
      one.on('close', () => {
        other.destroy();
        open.delete(client);
      });
    }
  });
  await new Promise((listening) => wire.listen(0, '127.0.0.1', listening));
  set.afterwards.add(() => wire.close());
  return {
    origin: `http://127.0.0.1:${wire.address().port}`,
    cut() {
      state.cut = true;
      for (const client of open) client.destroy();
    },
    /** Messages arrive, the answers to them do not. */
    loseAnswers() {
      state.deaf = true;
    },
    /** Files get stuck on the way. */
    hold() {
      state.held = true;
    },
    mend() {
      state.cut = state.deaf = state.held = false;
      for (const client of open) client.resume();
    },
  };
}
