export interface Difference {
  /** A path of field names. */
  field: string[];
  before: unknown;
  after: unknown;
}

type Recorded = Record<string, unknown> | null;

/** Field by field what was and what is: only what differs, or everything where nothing does. */
export function differences(before: Recorded, after: Recorded): Difference[] {
  const all = compared([], before ?? {}, after ?? {});
  const changed = all.filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
  return changed.length > 0 ? changed : all;
}

function compared(
  path: string[],
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const [was, is, field] = [before[name], after[name], [...path, name]];
    if (isRecord(was) || isRecord(is))
      return compared(field, isRecord(was) ? was : {}, isRecord(is) ? is : {});
    return [{ field, before: was, after: is }];
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
