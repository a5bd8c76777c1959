// The real program, serving a folder of its own.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { environmentOf } from './clock.mjs';
import { eventually } from './eventually.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program =
  process.env.GUILDHALL_BIN ?? `${process.env.CARGO_TARGET_DIR ?? `${root}target`}/debug/guildhall`;

export class Server {
  /** What it printed since it was made. */
  printed = '';
  #options;
  #environment;
  #process;

  /** Starts one on a free port. The options come after `guildhall`, its command first. */
  static async start(folder, command, ...options) {
    assert.ok(existsSync(program), `${program} is missing: cargo build -p app`);
    const listen = `127.0.0.1:${await freePort()}`;
    const common = ['--listen', listen, '--data-dir', folder, '--limit-factor', '1000', '--log', 'warn'];
    const server = new Server(`http://${listen}`, [command, ...common, ...options], environmentOf(folder));
    await server.start().catch(async (error) => {
      await server.kill();
      throw error;
    });
    return server;
  }

  constructor(origin, options, environment) {
    this.origin = origin;
    this.#options = options;
    this.#environment = environment;
  }

  /** Starts it again where it was: the same folder, the same address. */
  async start(patience) {
    const child = spawn(program, this.#options, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: this.#environment,
    });
    this.#process = child;
    child.stdout.on('data', (chunk) => {
      this.printed += chunk;
    });
    const answers = async () => {
      assert.equal(child.exitCode, null, 'the server ended');
      return (await fetch(`${this.origin}/readyz`).catch(() => null))?.ok;
    };
    await eventually('the server answers', answers, patience);
  }

  /** Ends it as a power cut would: nothing is written or said any more. */
  async kill() {
    const child = this.#process;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}

/** What the operator does on the command line, beside a server that runs on the folder; gives back what it printed. */
export function operate(folder, ...task) {
  return command(folder, 'admin', ...task);
}

/** Any command of the program on that folder. */
export function command(folder, ...task) {
  const options = ['--data-dir', folder, '--log', 'warn'];
  return execFileSync(program, [...task, ...options], { encoding: 'utf8', env: environmentOf(folder) });
}

/** A port that was free a moment ago. */
export async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}
