import type { FaultCode } from '../workflows/doctor/finding.ts';

/** What was found, as words: a list is joined, and what is not known is absent. */
export type Words = Readonly<Partial<Record<string, string>>>;

/** By what was found the sentences that say how it is mended. */
export type Fixes = Partial<Record<FaultCode, (words: Words) => string>>;
