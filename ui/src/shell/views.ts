import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import {
  Archive,
  CheckCheck,
  CircleDashed,
  Clock,
  type LucideIcon,
  MessagesSquare,
  ShieldAlert,
  User,
} from 'lucide-react';
import type { View } from '@/app/paths';

/** How each view of the inbox is named and drawn. */
export const viewInfo: Record<View, { label: MessageDescriptor; icon: LucideIcon }> = {
  mine: { label: msg`Assigned to me`, icon: User },
  unassigned: { label: msg`Unassigned`, icon: CircleDashed },
  all: { label: msg`All open`, icon: MessagesSquare },
  snoozed: { label: msg`Snoozed`, icon: Clock },
  done: { label: msg`Done`, icon: CheckCheck },
  spam: { label: msg`Spam`, icon: ShieldAlert },
  archived: { label: msg`Archived`, icon: Archive },
};
