// A stand-in for Stripe on loopback, for tests: `node server.mjs [--now SECONDS]` prints its address. See README.md.

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

import * as checkout from './checkout.mjs';
import * as clocks from './clocks.mjs';
import { checkMetadata, parse } from './form.mjs';
import { Hooks } from './hooks.mjs';
import { answer } from './routes.mjs';
import { Fault, Store, expand } from './store.mjs';
import * as subscriptions from './subscriptions.mjs';
import * as things from './things.mjs';

/** Starts one; `now` in seconds holds its time still until it is moved. */
export async function start({ now = null, port = 0 } = {}) {
  const store = new Store(now);
  const stage = { store, hooks: new Hooks(store), answers: new Map(), faults: [], asked: [], origin: '' };
  const server = createServer((request, response) => {
    serve(stage, request, response).catch((error) => {
      const status = error instanceof Fault ? error.status : 500;
      reply(response, status, { error: error.error ?? { type: 'api_error', message: String(error.stack) } });
    });
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  stage.origin = `http://127.0.0.1:${server.address().port}`;
  return { ...stage, stop: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }) };
}

async function serve(stage, request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const url = new URL(request.url, stage.origin);
  if (url.pathname.startsWith('/_stage/')) {
    return reply(response, 200, (await control(stage, url.pathname.slice(8), text && JSON.parse(text))) ?? {});
  }
  if (url.pathname.startsWith('/c/pay/')) return page(stage, url.pathname.slice(7), request.method, text, response);
  if (url.pathname.startsWith('/p/session/')) {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    return response.end(checkout.portalPage(stage.store.get(url.pathname.slice(11))));
  }
  return api(stage, request, url, text, response);
}

/** What tests say to it: time, held webhooks, faults, and what a bank does. */
async function control(stage, name, given) {
  const { store, hooks } = stage;
  switch (name) {
    case 'hooks': hooks.endpoints = given.endpoints; return null;
    case 'hold': hooks.held = given.held; return null;
    case 'deliver': for (const id of given.events) await hooks.deliver(id); return null;
    case 'delivered': await hooks.chain; return { failed: hooks.failed };
    case 'clock': clocks.moveTo(store, given.now); await hooks.chain; return null;
    case 'fault': stage.faults.push(given); return null;
    case 'asked': return { asked: stage.asked };
    case 'dispute': return things.dispute(store, given.charge, given.status);
    case 'confirm': checkout.confirm(store, store.get(given.session), given.card, given.slow); await hooks.chain; return null;
    case 'arrived': checkout.arrived(store, store.get(given.session), given.ok); await hooks.chain; return null;
    case 'pause': subscriptions.pause(store, store.get(given.subscription)); return null;
    default: throw new Error(`no such control: ${name}`);
  }
}

async function page(stage, id, method, text, response) {
  const session = stage.store.get(id);
  let trouble;
  if (method === 'POST') {
    try {
      checkout.confirm(stage.store, session, new URLSearchParams(text).get('card'));
      response.writeHead(303, { location: session.success_url.replace('{CHECKOUT_SESSION_ID}', id) });
      return response.end();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      response.statusCode = 402;
      trouble = error.message;
    }
  }
  response.setHeader('content-type', 'text/html; charset=utf-8');
  return response.end(checkout.page(stage.store, session, trouble));
}

async function api(stage, request, url, text, response) {
  const { method } = request;
  const given = parse(method === 'GET' ? url.search.slice(1) : text);
  const key = method === 'POST' ? request.headers['idempotency-key'] : undefined;
  stage.asked.push({ method, path: url.pathname, given, key: key ?? null, version: request.headers['stripe-version'] ?? null });
  const secret = /^(?:Bearer |Basic )(.+)$/u.exec(request.headers.authorization ?? '')?.[1] ?? '';
  if (!secret.startsWith('sk_') && !atobSafe(secret).startsWith('sk_')) {
    throw new Fault(401, { type: 'invalid_request_error', message: 'Invalid API Key provided' });
  }
  const fault = stage.faults.find(({ at }) => `${method} ${url.pathname}`.startsWith(at));
  if (fault) {
    fault.times = (fault.times ?? 1) - 1;
    if (fault.times <= 0) stage.faults.splice(stage.faults.indexOf(fault), 1);
  }
  if (fault?.kind === 'garbage') return response.end('<html>Bad gateway</html>');
  if (fault?.kind === 'hang_up') return response.destroy();
  if (fault?.kind === 'status') return reply(response, fault.status, { error: { type: 'api_error', message: 'Something went wrong' } });
  const { status, body } = keyed(stage, { method, path: url.pathname, given, key, text });
  if (fault?.kind === 'lose_answer') return response.destroy();
  return reply(response, status, body);
}

/** The first answer under a key is the answer for ever; other words under the same key are refused. */
function keyed(stage, { method, path, given, key, text }) {
  const hash = createHash('sha256').update(`${method} ${path} ${text}`).digest('hex');
  const first = key && stage.answers.get(key);
  if (first && first.hash !== hash) {
    throw new Fault(400, { type: 'idempotency_error', message: 'Keys for idempotent requests can only be used with the same parameters they were first used with.' });
  }
  if (first) return first;
  const result = { hash, ...work(stage, method, path, given) };
  if (key) stage.answers.set(key, result);
  return result;
}

function work(stage, method, path, { expand: paths, ...given }) {
  try {
    checkMetadata(given);
    const object = answer(stage, method, path, given);
    return { status: 200, body: expand(stage.store, object, [paths ?? []].flat()) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { status: error.status, body: { error: error.error } };
  }
}

const atobSafe = (text) => Buffer.from(text, 'base64').toString();

function reply(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_stage' });
  response.end(JSON.stringify(body, null, 2));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const at = process.argv.indexOf('--now');
  const { origin } = await start({ now: at > 0 ? Number(process.argv[at + 1]) : null });
  console.log(origin);
  // Whoever started it is gone when its standard input ends.
  process.stdin.resume().on('end', () => process.exit(0));
}
