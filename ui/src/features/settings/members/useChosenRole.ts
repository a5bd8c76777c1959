import { useState } from 'react';
import type { SeatType } from '@/api';
import { type Grants, reachOf } from '@/features/rights/reach';
import { type GivableRole, useGivableRoles } from './useGivableRoles';

/** The role and the seat chosen for somebody new. A role brings its usual seat along until another one is chosen. */
export function useChosenRole(givable: (role: GivableRole) => GivableRole = (role) => role) {
  const roles = useGivableRoles().map(givable);
  const [key, setKey] = useState<string>();
  const [seat, setSeat] = useState<SeatType>();
  const free = roles.filter(({ blocked }) => !blocked);
  // What most people are: those who answer customers and do not run the team.
  const usual = free.find(
    ({ grants }) => reaches(grants, 'conversation.reply') && !reaches(grants, 'member.invite'),
  );
  const role = roles.find((each) => each.key === key) ?? usual ?? free.at(-1);
  return {
    roles,
    role,
    seat: seat ?? role?.seat_type ?? 'full',
    setSeat,
    setRole(next: string) {
      setKey(next);
      setSeat(undefined);
    },
  };
}

const reaches = (grants: Grants, permission: string) => reachOf(grants, permission) !== 'none';
