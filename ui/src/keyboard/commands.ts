import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

export type CommandGroup = 'move' | 'act' | 'write';

export interface Command {
  /** What it does, for the shortcut sheet and the settings page. */
  label: MessageDescriptor;
  group: CommandGroup;
  /** `mod` is ⌘ or Ctrl; a space separates the keys of a sequence. Nothing uses Alt: many layouts type with it. */
  keys: string;
  /** Chords work inside text fields, and cannot be changed or turned off. */
  fixed?: true;
}

export const commands = {
  next: { label: msg`Next conversation`, group: 'move', keys: 'j' },
  previous: { label: msg`Previous conversation`, group: 'move', keys: 'k' },
  open: { label: msg`Open the conversation`, group: 'move', keys: 'o' },
  view1: { label: msg`View 1: assigned to me`, group: 'move', keys: '1' },
  view2: { label: msg`View 2: unassigned`, group: 'move', keys: '2' },
  view3: { label: msg`View 3: all open`, group: 'move', keys: '3' },
  view4: { label: msg`View 4: snoozed`, group: 'move', keys: '4' },
  view5: { label: msg`View 5: done`, group: 'move', keys: '5' },
  view6: { label: msg`View 6: spam`, group: 'move', keys: '6' },
  view7: { label: msg`View 7: archived`, group: 'move', keys: '7' },
  goMine: { label: msg`Go to assigned to me`, group: 'move', keys: 'g i' },
  goUnassigned: { label: msg`Go to unassigned`, group: 'move', keys: 'g u' },
  goAll: { label: msg`Go to all open`, group: 'move', keys: 'g a' },
  goTasks: { label: msg`Go to tasks`, group: 'move', keys: 'g t' },
  goCustomers: { label: msg`Go to customers`, group: 'move', keys: 'g c' },
  goSettings: { label: msg`Go to settings`, group: 'move', keys: 'g s' },
  palette: { label: msg`Search or run a command`, group: 'move', keys: 'mod+k', fixed: true },
  search: { label: msg`Search`, group: 'move', keys: '/' },
  profile: { label: msg`Show or hide the customer`, group: 'move', keys: ']' },
  rail: { label: msg`Show or hide the navigation`, group: 'move', keys: '[' },
  select: { label: msg`Select the conversation`, group: 'move', keys: 'x' },
  selectNext: { label: msg`Select, and the next one too`, group: 'move', keys: 'shift+j' },
  selectPrevious: { label: msg`Select, and the previous one too`, group: 'move', keys: 'shift+k' },
  density: { label: msg`Row density`, group: 'move', keys: 'd' },
  done: { label: msg`Done, or reopen`, group: 'act', keys: 'e' },
  snooze: { label: msg`Snooze…`, group: 'act', keys: 's' },
  assign: { label: msg`Assign…`, group: 'act', keys: 'a' },
  assignMe: { label: msg`Assign to me`, group: 'act', keys: 'i' },
  handover: { label: msg`Hand over with a note…`, group: 'act', keys: 'h' },
  label: { label: msg`Labels…`, group: 'act', keys: 'l' },
  mode: { label: msg`Take over from the AI, or hand back`, group: 'act', keys: 'm' },
  unread: { label: msg`Mark unread`, group: 'act', keys: 'u' },
  more: { label: msg`More actions`, group: 'act', keys: '.' },
  undo: { label: msg`Undo`, group: 'act', keys: 'z' },
  reply: { label: msg`Reply`, group: 'write', keys: 'r' },
  note: { label: msg`Note`, group: 'write', keys: 'n' },
  send: { label: msg`Send`, group: 'write', keys: 'mod+enter', fixed: true },
  sendDone: { label: msg`Send and mark done`, group: 'write', keys: 'mod+shift+enter', fixed: true },
  shortcuts: { label: msg`Keyboard shortcuts`, group: 'write', keys: '?' },
} satisfies Record<string, Command>;

export type CommandId = keyof typeof commands;
export const commandIds = Object.keys(commands) as CommandId[];
