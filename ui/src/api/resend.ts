interface Sent {
  serializedBody?: unknown;
}

/** Sends a request again as it was; the body of the first one was read already. */
export function resend(request: Request, { serializedBody }: Sent): Promise<Response> {
  const { method, headers, signal } = request;
  return fetch(new Request(request.url, { method, headers, signal, body: serializedBody as string }));
}

/** The stable code of a refusal, without reading the response away from others. */
export async function codeOf(response: Response): Promise<string | undefined> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return (body as { code?: string } | null)?.code;
}
