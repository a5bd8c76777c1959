import { describe, expect, it } from 'vitest';
import type { ApiKeyScope } from '@/api';
import { matching, offered } from './scopes';

const scope = (name: string, more: Partial<ApiKeyScope> = {}): ApiKeyScope => ({
  name,
  description: '',
  reads: name.endsWith('view'),
  personal_refusal: null,
  workspace_refusal: null,
  ...more,
});

const scopes = [
  scope('note.view'),
  scope('note.edit', { workspace_refusal: 'own_only' }),
  scope('customer.view', { personal_refusal: 'not_held', workspace_refusal: 'not_held' }),
];

describe('scopes', () => {
  it('offers each kind of key what it can be given', () => {
    expect(offered(scopes, 'personal')).toEqual(['note.view', 'note.edit']);
    expect(offered(scopes, 'workspace')).toEqual(['note.view']);
    expect(offered(scopes, 'personal', true)).toEqual(['note.view']);
  });

  it('finds them by what they are called, in any case and without accents', () => {
    const options = scopes.map((each) => ({
      scope: each,
      label: each.name === 'customer.view' ? 'Añadir clientes' : 'Notas',
      group: each.name === 'customer.view' ? 'Clientes' : 'Notas y tareas',
    }));
    const found = (text: string) =>
      matching(options, text).map(({ label, options }) => [label, options.length]);
    expect(found('')).toEqual([
      ['Notas y tareas', 2],
      ['Clientes', 1],
    ]);
    expect(found('  ANADIR ')).toEqual([['Clientes', 1]]);
    expect(found('tareas note.edit')).toEqual([['Notas y tareas', 1]]);
    expect(found('nothing')).toEqual([]);
  });
});
