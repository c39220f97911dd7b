import type { Refusal } from '../decision/decider.ts';

/** Why a file, or a page of Graph, was not taken as usage; `expected` and `found` are names, fit to be shown. */
export interface UsageFileRefused extends Refusal {
  readonly code:
    | 'usage-file-empty'
    | 'usage-file-not-a-report'
    | 'usage-file-direct-routing'
    | 'usage-archive-without-report'
    | 'usage-archive-broken'
    | 'usage-archive-too-large'
    | 'usage-page-not-json'
    | 'usage-page-without-rows'
    | 'usage-page-too-large';
  readonly data: { readonly expected: string; readonly found: string };
}

export interface RefusedUsage {
  readonly kind: 'refused';
  readonly refusal: UsageFileRefused;
}

/** Names found in a foreign file are cut and cleaned, for they are shown to people and may be anything. */
export function refusedUsage(
  code: UsageFileRefused['code'],
  { expected, found }: { readonly expected: string; readonly found: readonly string[] },
): RefusedUsage {
  return { kind: 'refused', refusal: { code, data: { expected, found: shown(found) } } };
}

const maxNamesShown = 8;
const maxNameLength = 40;

function shown(names: readonly string[]): string {
  const more = names.length > maxNamesShown ? ['…'] : [];
  return [...names.slice(0, maxNamesShown).map(shownName), ...more].join(', ');
}

function shownName(name: string): string {
  // Cut before cleaning: a name may be as long as the file.
  const cleaned = name
    .slice(0, 4 * maxNameLength)
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim();
  const characters = [...cleaned];
  return characters.length > maxNameLength ? `${characters.slice(0, maxNameLength).join('')}…` : cleaned;
}
