import type { ApiKeyKind, ApiKeyScope, ScopeFault } from '@/api';

/** Why a scope cannot be given to a key of a kind; null when it can. */
export const refusalOf = (scope: ApiKeyScope, kind: ApiKeyKind): ScopeFault | null =>
  kind === 'personal' ? scope.personal_refusal : scope.workspace_refusal;

/** The scopes that can be given to a key of this kind, or those of them that only read. */
export function offered(scopes: ApiKeyScope[], kind: ApiKeyKind, reading = false): string[] {
  const free = scopes.filter((scope) => refusalOf(scope, kind) === null && (!reading || scope.reads));
  return free.map(({ name }) => name);
}

export interface Option {
  scope: ApiKeyScope;
  label: string;
  group: string;
}

/** The options whose label, group or name holds what was typed, under their groups in the order they come. */
export function matching(options: Option[], text: string): { label: string; options: Option[] }[] {
  const words = fold(text).split(/\s+/).filter(Boolean);
  const groups: { label: string; options: Option[] }[] = [];
  for (const option of options) {
    const said = fold(`${option.group} ${option.label} ${option.scope.name}`);
    if (!words.every((word) => said.includes(word))) continue;
    const group = groups.find(({ label }) => label === option.group);
    if (group) group.options.push(option);
    else groups.push({ label: option.group, options: [option] });
  }
  return groups;
}

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
