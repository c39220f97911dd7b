import type { JsonValue } from '../decision/json.ts';
import type { Fault, Finding } from '../workflows/doctor/finding.ts';
import type { Words } from './doctor-fix.ts';
import { microsoftFixes } from './doctor-fixes-microsoft.ts';
import { redisFixes } from './doctor-fixes-redis.ts';
import { tenantFixes } from './doctor-fixes-tenant.ts';

/** What to do, where something is to be done: the command, the setting, or the place in a portal. */
export function fixFor(finding: Finding): string | null {
  return finding.outcome === 'pass' ? null : fixes[finding.code](wordsOf(finding.data));
}

const fixes: Readonly<Record<Fault['code'], (words: Words) => string>> = {
  ...redisFixes,
  ...microsoftFixes,
  ...tenantFixes,
};

function wordsOf(data: Finding['data']): Words {
  const known = Object.entries(data).filter(([, value]) => value !== null);
  return Object.fromEntries(known.map(([name, value]) => [name, word(value)]));
}

function word(value: JsonValue): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}
