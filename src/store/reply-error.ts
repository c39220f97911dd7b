/** Redis answered, with an error that opens with its code (`LOADING`, `WRONGTYPE`); ioredis gives it this name. */
export function isReplyError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}
