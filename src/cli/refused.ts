import { printJson } from './print.ts';

/** The command was understood and is not done; the message says why and what to do. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'Refused';
  }
}

/**
 * Runs a command's work. A world that is down has a sentence for the operator, as a refusal has, and with `--json`
 * either is the one document that is printed; any other error is a defect and keeps its stack.
 */
export async function orRefused<Result>(
  options: { readonly json?: true },
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const refused = refusedFor(error);
    if (refused === null) throw error;
    if (options.json) printJson({ error: { code: refused.code, message: refused.message } });
    throw refused;
  }
}

const worldErrorCodes: Readonly<Record<string, string>> = {
  AuditUnreadable: 'audit-unreadable',
  ConfigInvalid: 'environment-invalid',
  DirectoryUnavailable: 'directory-unavailable',
  InvalidRedisUrl: 'redis-url-invalid',
  JournalChanged: 'journal-changed',
  PortSilent: 'redis-silent',
  ProgramMissing: 'program-missing',
  RedisDidNotStart: 'redis-did-not-start',
  RebuiltMeanwhile: 'rebuild-under-way',
  StoreUnavailable: 'store-unavailable',
  TenantBeingRebuilt: 'tenant-being-rebuilt',
  TenantTooBusy: 'tenant-too-busy',
};

function refusedFor(error: unknown): Refused | null {
  if (error instanceof Refused) return error;
  if (!(error instanceof Error)) return null;
  const code = worldErrorCodes[error.name];
  return code === undefined ? null : new Refused(code, error.message);
}
