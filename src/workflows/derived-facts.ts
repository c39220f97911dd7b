import { dimensions, measures } from '../usage/read-models.ts';

/** What follows from other facts and is concluded anew, so that a rebuild proves it. */

/** The state of an account is the fold of its log. */
export const accountHeads = 'account:';
export const ledgerLogs = 'ledger:';
export const auditLog = 'audit';

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
