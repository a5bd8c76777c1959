// The API keeps its own document: requests made up from openapi.json, right and wrong ones, meet no server error and
// no answer that the document does not describe.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { stage } from './stage.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const schemathesis = process.env.SCHEMATHESIS ?? join(root, '.cache/tools/bin/schemathesis');
const examples = process.env.GUILDHALL_CONTRACT_EXAMPLES ?? '10';

/** Streams do not end, so that nobody could wait for their answer; the stories listen to them. */
const endless = ['events_stream', 'widget_events_stream'];

test(`every operation keeps the API document over ${examples} made-up requests`, async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  const known = await thingsThatExist(scene, ann);
  const config = join(scene.folder, 'schemathesis.toml');
  const parameters = Object.entries(known.path).map(([name, id]) => `"path.${name}" = ["${id}"]`);
  await writeFile(config, `[parameters]\n${parameters.join('\n')}\n`);
  const outcome = await run(scene.folder, [
    '--config-file',
    config,
    'run',
    join(root, 'openapi.json'),
    ...['--url', scene.origin],
    ...['--header', `Cookie: ${ann.cookie}`],
    ...['--header', `Authorization: Visitor ${known.visitor}`],
    ...['--header', `Origin: ${scene.origin}`],
    ...['--checks', 'not_a_server_error,status_code_conformance,content_type_conformance'],
    ...['--checks', 'response_headers_conformance,response_schema_conformance'],
    ...['--phases', 'examples,coverage,fuzzing'],
    ...['--max-examples', examples],
    ...['--seed', process.env.GUILDHALL_CONTRACT_SEED ?? '1'],
    ...endless.flatMap((operation) => ['--exclude-operation-id', operation]),
    ...['--warnings', 'off', '--no-color', '--generation-database', 'none'],
  ]);
  assert.equal(outcome.code, 0, outcome.output);
  const [count] = outcome.output.match(/\d+ generated[^\n]*/) ?? ['nothing generated'];
  console.log(`soak: ${count}, no server error, no answer outside the document`);
});

/** Ids of real things, so that made-up requests reach past "not found". */
async function thingsThatExist(scene, ann) {
  const [channel] = (await scene.as(ann, 'GET', 'channels')).items;
  const opened = await scene.call('POST', '/widget/v1/visitors', { channel_key: channel.public_key });
  const visitor = opened.body.token;
  const authorization = `Visitor ${visitor}`;
  const message = { client_id: crypto.randomUUID(), text: 'Is this still available?' };
  const sent = await scene.call('POST', '/widget/v1/messages', message, { authorization });
  const [customer] = (await scene.as(ann, 'GET', 'customers')).items;
  const path = {
    workspace_id: ann.workspace,
    channel_id: channel.id,
    conversation_id: sent.body.conversation_id,
    customer_id: customer.id,
  };
  return { path, visitor };
}

/** In a folder of its own, where it leaves what it remembers. */
async function run(cwd, options) {
  const child = spawn(schemathesis, options, { cwd, env: { ...process.env, PYTHONUTF8: '1' } });
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stderr.on('data', (chunk) => chunks.push(chunk));
  const code = await new Promise((ended, failed) => child.on('close', ended).on('error', failed));
  return { code, output: Buffer.concat(chunks).toString() };
}
