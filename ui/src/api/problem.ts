import type { Problem, ProblemField } from './generated';

/** Why a request failed: what the server answered, or a code of our own when no answer came. */
export class ProblemError extends Error implements Problem {
  override readonly name = 'ProblemError';
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly request_id: string;
  readonly errors: ProblemField[];
  readonly permission?: string;
  readonly required_scope?: string;
  readonly decided_by?: Problem['decided_by'];
  readonly entitlement?: string;
  readonly messages?: Problem['messages'];
  readonly seen_seq?: number;
  readonly assignee?: Problem['assignee'];
  readonly line?: number;
  /** Seconds to wait before the next try, when the server says so. */
  readonly retryAfter: number | null;

  constructor(
    problem: Partial<Problem> & { status: number; code: string },
    retryAfter: number | null = null,
  ) {
    super(problem.detail ?? problem.title ?? problem.code);
    this.type = problem.type ?? 'about:blank';
    this.title = problem.title ?? '';
    this.status = problem.status;
    this.detail = problem.detail ?? '';
    this.code = problem.code;
    this.request_id = problem.request_id ?? '';
    this.errors = problem.errors ?? [];
    this.permission = problem.permission;
    this.required_scope = problem.required_scope;
    this.decided_by = problem.decided_by;
    this.entitlement = problem.entitlement;
    this.messages = problem.messages;
    this.seen_seq = problem.seen_seq;
    this.assignee = problem.assignee;
    this.line = problem.line;
    this.retryAfter = retryAfter;
  }

  /** The error on one field of the body, named by its JSON pointer without the leading slash. */
  field(name: string): ProblemField | undefined {
    return this.errors.find((error) => error.pointer.replace(/^#?\//, '') === name);
  }
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

/** What the client throws: a problem for every failure, but an abort stays an abort. */
export function toProblem(error: unknown, response?: Response): unknown {
  if (isAbort(error) || error instanceof ProblemError) return error;
  if (!response) return new ProblemError({ status: 0, code: 'network.unreachable' });
  const retryAfter = Number(response.headers.get('Retry-After'));
  const body = typeof error === 'object' && error !== null ? (error as Partial<Problem>) : {};
  return new ProblemError(
    { ...body, status: response.status, code: body.code ?? `http.${response.status}` },
    retryAfter > 0 ? retryAfter : null,
  );
}

/** Narrows what a query or a mutation caught. */
export function asProblem(error: unknown): ProblemError | null {
  return error instanceof ProblemError ? error : null;
}
