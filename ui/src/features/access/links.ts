import { asProblem } from '@/api';

/** Whether a link's token was refused: used, run out, withdrawn or never made. The server need not tell which. */
export function isDeadLink(error: unknown): boolean {
  const problem = asProblem(error);
  if (!problem) return false;
  return [404, 410].includes(problem.status) || problem.field('token') !== undefined;
}
