import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { groups } from '../kinds';
import { sentences } from '.';

const crates = join(import.meta.dirname, '../../../../../crates');
/** Nouns whose events are of the installation, not of a workspace. */
const ofTheInstance =
  /^(account|operator|seller|session|password|email_verification)\.|^(policy_pack|plan_catalogue)\.loaded$|^workspace\.deleted$/;

/** Where the program's source names a kind of event: as it makes one, or in a function that names it. */
const places = [
  /(?:Event::new\(|\brecord\(\w+,|\bhappened\(|\bgive\([^"]*,)\s*"([a-z_]+\.[a-z_]+)"/g,
  /=> "((?:member|ownership_transfer|credit|seat)\.[a-z_]+)",/g,
];

/** Kinds of events that the program records, as its source spells them. */
function recorded(): string[] {
  const files = readdirSync(crates, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^[a-z]+\/src\/.*\.rs$/.test(path))
    .map((path) => readFileSync(join(crates, path), 'utf8'));
  const kinds = files.flatMap((text) =>
    places.flatMap((place) => [...text.matchAll(place)].map(([, kind]) => kind)),
  );
  return [...new Set(kinds)].filter((kind): kind is string => !!kind && !ofTheInstance.test(kind));
}

describe('the sentences of the log', () => {
  it('has one for every kind of event that is recorded', () => {
    const kinds = recorded();
    expect(kinds.length).toBeGreaterThan(40);
    expect(kinds.filter((kind) => !sentences[kind])).toEqual([]);
  });

  it('offers every kind in the filter', () => {
    const offered = groups.flatMap(({ kinds }) => Object.keys(kinds));
    expect(Object.keys(sentences).filter((kind) => !offered.includes(kind))).toEqual([]);
    expect(offered.filter((kind) => !sentences[kind])).toEqual([]);
  });
});
