// The stand-in is judged by strangers: by Stripe's own command line, which plays Stripe's own fixtures; by Stripe's own
// library, which knows what its objects look like and how webhooks are signed; and by scenarios that others wrote.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';

import { sign } from './hooks.mjs';
import { start } from './server.mjs';
import { price } from './things.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const python = process.env.GUILDHALL_TOOLS ? `${process.env.GUILDHALL_TOOLS}/python` : 'python3';

let stage;
before(async () => {
  stage = await start();
});
after(() => stage.stop());

/** Runs a program to its end; what it says is shown when it fails. */
async function run(program, args, input = '') {
  const child = spawn(program, args, { env: { ...process.env, STRIPE_CLI_TELEMETRY_OPTOUT: '1', NO_COLOR: '1' } });
  let said = '';
  child.stdout.on('data', (chunk) => { said += chunk; });
  child.stderr.on('data', (chunk) => { said += chunk; });
  child.stdin.end(input);
  const code = await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
  assert.equal(code, 0, said);
  return said;
}

const TRIGGERS = [
  'checkout.session.completed',
  'checkout.session.expired',
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'customer.subscription.trial_will_end',
  'invoice.paid',
  'invoice.finalized',
  'invoice.payment_failed',
  'invoice.voided',
  'charge.refunded',
];

for (const kind of TRIGGERS) {
  test(`Stripe's command line triggers ${kind}`, async () => {
    const before = stage.store.all('event', ({ type }) => type === kind).length;
    await run(here('node_modules/@stripe/cli-linux-x64/bin/stripe'), [
      'trigger', kind, '--api-base', stage.origin, '--api-key', 'sk_test_51ABCDEFghijklmnopqrstuvwxyz0123456789',
    ]);
    assert.ok(stage.store.all('event', ({ type }) => type === kind).length > before, 'it happened');
  });
}

test('every object has the keys that Stripe’s own library knows, and none else', async () => {
  const said = await run(python, [here('oracle.py'), stage.origin, 'shapes']);
  assert.ok(said.includes('InvoiceLineItem'), said);
});

test('webhooks are signed as Stripe’s own library checks them, while a secret is rolled too', async () => {
  const [event] = stage.store.all('event');
  const body = JSON.stringify(event, null, 2);
  const at = Math.floor(Date.now() / 1000);
  const lines = ['whsec_first', 'whsec_second'].map((secret) =>
    JSON.stringify({ body, secret, signature: sign(body, ['whsec_first', 'whsec_second'], at) }),
  );
  await run(python, [here('oracle.py'), stage.origin, 'hooks'], lines.join('\n'));
});

for (const name of ['renewal', 'cancel-at-period-end', 'plan-change', 'failed-renewal', 'signup-card-problems']) {
  test(`the scenario ${name} of billing-e2e plays through`, async () => {
    const made = (amount) =>
      price(stage.store, { currency: 'usd', unit_amount: amount, recurring: { interval: 'month' }, product_data: { name } }).id;
    await run(python, [here('oracle.py'), stage.origin, 'scenario', name, made(1900), made(9900)]);
  });
}
