const TIMEOUT = 20_000;

interface Problem {
  code?: string;
  errors?: { pointer: string; detail?: string }[];
}

/** A refusal by the server, or status 0 when it could not be reached. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem = {},
    /** Milliseconds the server asked us to wait. */
    readonly retryAfter?: number,
  ) {
    super(problem.code ?? `status ${status}`);
  }

  /** Whether the same request may succeed later. */
  get temporary() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

export interface Options {
  method?: string;
  body?: unknown;
  token?: string;
}

export type Http = ReturnType<typeof createHttp>;

/** Requests to the widget API; `onReach` hears whether the server could be reached. */
export function createHttp(base: string, onReach: (reached: boolean) => void) {
  const address = (path: string) => `${base}v1/${path}`;

  async function open(path: string, init: RequestInit & { token?: string | undefined }) {
    const { token, headers, ...rest } = init;
    let response: Response;
    try {
      response = await fetch(address(path), {
        credentials: 'omit',
        cache: 'no-store',
        headers: { ...headers, ...(token && { authorization: `Visitor ${token}` }) },
        ...rest,
      });
    } catch (error) {
      if (!init.signal?.aborted || isTimeout(init.signal)) onReach(false);
      throw new HttpError(0, { code: String(error) });
    }
    onReach(true);
    if (!response.ok) throw await refusal(response);
    return response;
  }

  /** Sends JSON, receives JSON (or nothing). */
  async function json<T>(path: string, { method = 'GET', body, token }: Options = {}): Promise<T> {
    const response = await open(path, {
      method,
      token,
      signal: AbortSignal.timeout(TIMEOUT),
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    try {
      const text = await response.text();
      return (text ? JSON.parse(text) : undefined) as T;
    } catch {
      // Cut off, or a captive network answered in the server's place.
      throw new HttpError(0);
    }
  }

  return { address, open, json };
}

const isTimeout = (signal: AbortSignal) => signal.reason?.name === 'TimeoutError';

async function refusal(response: Response) {
  const problem: Problem = await response.json().catch(() => ({}));
  return new HttpError(response.status, problem, retryAfter(response.headers.get('retry-after')));
}

export function retryAfter(header: string | null, now = Date.now()): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  const wait = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** For what is asked again anyway: a refusal or silence is no error then. */
export const quietly = (work: Promise<unknown>) =>
  work.catch((error) => {
    if (!(error instanceof HttpError)) throw error;
  });
