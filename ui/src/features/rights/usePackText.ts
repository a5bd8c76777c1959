import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';

/** What the packs that come with the program say of themselves and of their roles, by their own words. */
const texts: Record<string, ReturnType<typeof msg>> = {
  'For most teams: seven roles from owner to viewer, light seats for advisers, and customer data masked from those who only read along.': msg`For most teams: seven roles from owner to viewer, light seats for advisers, and customer data masked from those who only read along.`,
  'An owner and equal colleagues: everybody works in the whole inbox, and only the owner configures, invites and pays.': msg`An owner and equal colleagues: everybody works in the whole inbox, and only the owner configures, invites and pays.`,
  'Four steps from full control to reading along: admins run everything but role changes and deletion, members change everything and delete only what they made.': msg`Four steps from full control to reading along: admins run everything but role changes and deletion, members change everything and delete only what they made.`,
  'A support desk of managers and full-time staff, with light seats for advisers who consult behind the scenes and never write to customers.': msg`A support desk of managers and full-time staff, with light seats for advisers who consult behind the scenes and never write to customers.`,
  'A messaging team: agents see what is assigned to them, supervisors see everything, and own roles are put together from ten switches.': msg`A messaging team: agents see what is assigned to them, supervisors see everything, and own roles are put together from ten switches.`,
  'Several products in one team: members change only the businesses they look after and see all the others; viewers read along, customer data masked.': msg`Several products in one team: members change only the businesses they look after and see all the others; viewers read along, customer data masked.`,

  'everything; one of them owns the workspace': msg`Everything; one of them owns the workspace`,
  'exactly one per workspace; pays; everything': msg`Exactly one per workspace; pays; everything`,
  'exactly one per organisation; everything': msg`Exactly one per organisation; everything`,
  'made the team; pays; everything': msg`Made the team; pays; everything`,
  'made the workspace; configures, invites and pays; everything': msg`Made the workspace; configures, invites and pays; everything`,
  'everything except deleting/transferring the workspace': msg`Everything except deleting or handing over the workspace`,
  'everything except deleting or handing over the organisation': msg`Everything except deleting or handing over the organisation`,
  'everything except deleting the workspace and changing roles': msg`Everything except deleting the workspace and changing roles`,
  'runs the team, all its businesses and customers': msg`Runs the team, all its businesses and customers`,
  'runs a support team and adds collaborators': msg`Runs a support team and adds collaborators`,
  'sees all conversations, manages agents, sees analytics': msg`Sees all conversations, manages agents, sees reports`,
  'sees all conversations, manages agents and teams, sees analytics': msg`Sees all conversations, manages agents and teams, sees reports`,
  'example of an own role: an agent who also leads': msg`Example of an own role: an agent who also leads`,
  'example of an own role: writes to contacts and runs campaigns': msg`Example of an own role: writes to contacts and runs campaigns`,
  'starts with every switch off': msg`Starts with every switch off`,
  'creates and edits, deletes own; outreach on own businesses': msg`Creates and edits, deletes their own; outreach on their own businesses`,
  'creates and edits, deletes own': msg`Creates and edits, deletes their own`,
  'works on the businesses they look after, sees all': msg`Works on the businesses they look after, sees all`,
  'works assigned conversations': msg`Works on assigned conversations`,
  'chats in assigned conversations, sees those contacts, uses templates': msg`Chats in assigned conversations, sees those contacts, uses templates`,
  'works in the whole inbox and with customers, products, orders and the calendar': msg`Works in the whole inbox and with customers, products, orders and the calendar`,
  'answers customers on a full seat': msg`Answers customers on a full seat`,
  'internal consultant, light seat': msg`Internal consultant, on a light seat`,
  'consults behind the scenes on a light seat, never writes to customers': msg`Consults behind the scenes on a light seat, never writes to customers`,
  'read-only, masked customer data': msg`Reads along, customer data masked`,
  'reads along, customer data masked': msg`Reads along, customer data masked`,
  'reads agents, conversations and analytics': msg`Reads agents, conversations and reports`,
};

/** Says in the person's language what a pack says of itself or of a role. An own pack or role is shown as it was written. */
export function usePackText(): (description: string) => string {
  const { _ } = useLingui();
  return (description) => {
    const text = texts[description];
    return text ? _(text) : description;
  };
}
