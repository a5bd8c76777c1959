import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';

type Words = Record<string, MessageDescriptor>;

const nouns: Words = {
  routing_rule: msg`a routing rule`,
  bulk_action: msg`a bulk change`,
  saved_search: msg`a saved view`,
  canned_response: msg`a canned response`,
  macro: msg`a macro`,
  note: msg`a note`,
  task: msg`a task`,
  shift: msg`a shift`,
  team: msg`a team`,
  account: msg`an account`,
  api_key: msg`an API key`,
  attachment: msg`a file`,
  business: msg`a business`,
  buyer: msg`whom invoices are for`,
  channel: msg`a channel`,
  conversation: msg`a conversation`,
  credits: msg`the credits`,
  customer: msg`a customer`,
  invitation: msg`an invitation`,
  member: msg`a member`,
  ownership_transfer: msg`somebody`,
  permission_set: msg`a permission set`,
  policy_pack: msg`a policy pack`,
  preview: msg`somebody else`,
  role: msg`a role`,
  session: msg`a session`,
  support_request: msg`a request to the operator`,
  transfer: msg`an offer of the workspace`,
  visitor: msg`a visitor`,
  workspace: msg`the workspace`,
};

const fields: Words = {
  assignable: msg`Can be given`,
  base: msg`Made from`,
  base_role_key: msg`Made from`,
  cause: msg`Cause`,
  content_type: msg`Type`,
  deletion_at: msg`Deleted on`,
  description: msg`Description`,
  details: msg`Address and tax number`,
  display_name: msg`Name`,
  email: msg`E-mail`,
  ends_on: msg`Last day`,
  entitlement: msg`Missing in the plan`,
  expires_at: msg`Ends`,
  fields: msg`Fields`,
  format: msg`Format`,
  former_owners_role: msg`Role of the former owner`,
  from: msg`From`,
  how: msg`How`,
  kind: msg`Kind`,
  label: msg`Name`,
  locale: msg`Language`,
  mechanism: msg`Way`,
  name: msg`Name`,
  page_url: msg`Page`,
  pack: msg`Policy pack`,
  phone: msg`Phone`,
  rank: msg`Rank`,
  removed: msg`Taken away`,
  added: msg`Given`,
  role: msg`Role`,
  scopes: msg`Scopes`,
  seat_from: msg`Seat before`,
  seat_to: msg`Seat after`,
  seat_type: msg`Seat`,
  size: msg`Size`,
  to: msg`To`,
  until: msg`Until`,
  version: msg`Version`,
  with: msg`First way in`,
};

const values: Words = {
  handoff: msg`handed to people`,
  ai_paused: msg`the AI, paused`,
  ai: msg`the AI`,
  any: msg`Yes`,
  archived: msg`archived`,
  collaborator: msg`light seat`,
  full: msg`full seat`,
  manual: msg`people`,
  masked: msg`Masked`,
  none: msg`No`,
  open: msg`open`,
  own: msg`Own only`,
  snoozed: msg`snoozed`,
  solved: msg`done`,
  spam: msg`spam`,
};

const deciders: Words = {
  confirmation: msg`The sign-in was not fresh`,
  key: msg`The scopes of the API key`,
  plan: msg`The plan`,
  preview: msg`Previews are read-only`,
  relation: msg`It was not their own`,
  role: msg`The role`,
  seat_type: msg`The seat`,
  state: msg`The state of the workspace`,
};

/** The words for what stands in records. */
export function useWords() {
  const { i18n } = useLingui();
  const word = (words: Words, key: string) => (words[key] ? i18n._(words[key]) : undefined);
  const value = (found: unknown, names: Record<string, string> = {}): string => {
    if (found === null || found === undefined || found === '') return i18n._(msg`nobody or nothing`);
    if (found === true) return i18n._(msg`Yes`);
    if (found === false) return i18n._(msg`No`);
    if (Array.isArray(found)) return found.map((each) => value(each, names)).join(', ');
    if (typeof found === 'object') return JSON.stringify(found);
    const text = String(found);
    return names[text] ?? word(values, text) ?? moment(text, i18n.locale) ?? text;
  };
  return {
    noun: (kind: string) => word(nouns, kind) ?? kind.replaceAll('_', ' '),
    field: (name: string) => word(fields, name) ?? name,
    decider: (name: string) => word(deciders, name) ?? name,
    value,
  };
}

/** A moment as people read it. */
function moment(text: string, locale: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text)) return undefined;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(text));
}
