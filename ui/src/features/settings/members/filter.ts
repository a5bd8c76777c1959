import type { MemberView } from '@/api';
import { fold } from '@/features/search/marked';

/** What narrows the list of members; it stands in the address. */
export interface PeopleSearch {
  q?: string;
  role?: string;
  status?: 'active' | 'inactive';
}

/** The members that match, words in any order against name and address. */
export function matching(people: MemberView[], { q = '', role, status }: PeopleSearch): MemberView[] {
  const words = fold(q).split(/\s+/).filter(Boolean);
  return people.filter((person) => {
    const text = fold(`${person.name} ${person.email}`);
    return (
      words.every((word) => text.includes(word)) &&
      (!role || person.role.key === role) &&
      (!status || (person.status === 'active') === (status === 'active'))
    );
  });
}
