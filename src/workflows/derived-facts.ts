import { dimensions, measures } from '../usage/read-models.ts';

// What follows from other facts is concluded anew by a rebuild, which proves it.

export const accountHeads = 'account:';
export const ledgerLogs = 'ledger:';
export const auditLog = 'audit';

/** The state of an account, and where the audit chain stands, are the fold of a log. */
export function followsFromLog(head: string): boolean {
  return head === auditLog || head.startsWith(accountHeads);
}

/** The read models of usage count rows. */
export function followsFromRows(model: string): boolean {
  const [kind = '', , dimension = ''] = model.split(':');
  if (kind === 'paid') return true;
  return (
    measures.some((measure) => measure === kind) && dimensions.some((name) => dimension === `day-${name}`)
  );
}

/** The index of a day holds the rows that started on it. */
export function indexFollowsFromRows(index: string): boolean {
  return index.startsWith('rows:');
}
