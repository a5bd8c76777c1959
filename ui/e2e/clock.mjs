// A clock for the real program that a story can move: libfaketime tells it what stands in a file beside its data.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileIn = (folder) => join(folder, 'clock');

/** What a program is started with that lives in the time of a folder, where that has a clock of its own. */
export function environmentOf(folder) {
  if (!existsSync(fileIn(folder))) return process.env;
  return {
    ...process.env,
    LD_PRELOAD: '/usr/$LIB/faketime/libfaketimeMT.so.1',
    FAKETIME_TIMESTAMP_FILE: fileIn(folder),
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
}

/** How far a folder's clock runs ahead of the machine's, from now on. */
export function runAhead(folder, seconds) {
  const file = fileIn(folder);
  // In one piece: who reads half a number lives in another time.
  writeFileSync(`${file}.new`, `+${seconds}`);
  renameSync(`${file}.new`, file);
  const told = Number(execFileSync('date', ['+%s'], { env: environmentOf(folder), encoding: 'utf8' }));
  const wanted = Date.now() / 1000 + seconds;
  assert.ok(Math.abs(told - wanted) < 60, 'libfaketime is missing (Debian: apt-get install faketime)');
}
