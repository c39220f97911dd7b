/** What goes back over HTTP. */
export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

/** A refusal in the shape of Bot Framework's own errors, with a sentence of ours. */
export function refusal(status: number, message: string): Answered {
  return { status, body: { error: { code: codes[status] ?? 'InternalServerError', message } } };
}

const codes: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  406: 'NotAcceptable',
  413: 'PayloadTooLarge',
  415: 'UnsupportedMediaType',
  503: 'ServiceUnavailable',
};
