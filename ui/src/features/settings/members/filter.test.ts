import { expect, it } from 'vitest';
import type { MemberView } from '@/api';
import { matching, type PeopleSearch } from './filter';

const person = (name: string, more: Partial<MemberView> = {}): MemberView =>
  ({
    name,
    email: `${name[0]}@a.test`,
    role: { key: 'agent', label: 'Agent' },
    status: 'active',
    ...more,
  }) as MemberView;

const people = [
  person('Inés Peña'),
  person('Bo Lind', { status: 'deactivated' }),
  person('Vic Penn', { role: { key: 'viewer', label: 'Viewer' } }),
];
const names = (search: PeopleSearch) => matching(people, search).map(({ name }) => name);

it('finds by parts of names and addresses, whatever the accents and the order', () => {
  expect(names({ q: 'pena ines' })).toEqual(['Inés Peña']);
  expect(names({ q: 'V@A' })).toEqual(['Vic Penn']);
  expect(names({ q: 'nobody' })).toEqual([]);
});

it('narrows by role and by who may enter', () => {
  expect(names({ role: 'viewer' })).toEqual(['Vic Penn']);
  expect(names({ status: 'inactive' })).toEqual(['Bo Lind']);
  expect(names({ q: 'pe', status: 'active' })).toEqual(['Inés Peña', 'Vic Penn']);
});
