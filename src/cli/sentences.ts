import type { UsageFileRefused } from '../usage/usage-file-refused.ts';

/** What a refused file is told: what was expected, what was found, what to do. */
export function fileSentence({ code, data }: UsageFileRefused): string {
  const { expected } = data;
  const found = data.found || 'nothing';
  switch (code) {
    case 'usage-file-empty':
      return `The file is empty. Expected a report with the columns ${expected}.`;
    case 'usage-file-not-a-report':
      return `The file is not a usage report. Expected ${expected}; found ${found}. Export "PSTN and SMS usage" in the Teams admin centre and import that file.`;
    case 'usage-file-direct-routing':
      return `The file is the Direct Routing report, whose calls cost no credits. Found ${found}. Import PSTN.calls.*.csv instead.`;
    case 'usage-archive-without-report':
      return `The ZIP holds no PSTN usage report. Expected ${expected}; found ${found}.`;
    case 'usage-archive-broken':
      return `The ZIP is damaged (${found}). Download it again; what was read before is booked, and is not booked twice.`;
    case 'usage-archive-too-large':
      return `The ZIP unfolds to more than is taken (${expected}). Export a shorter range.`;
    case 'usage-page-not-json':
      return `The file begins like a page of Graph and is not JSON. Save the whole answer of getPstnCalls.`;
    case 'usage-page-without-rows':
      return `The JSON is not a page of getPstnCalls. Expected ${expected}; found ${found}.`;
    case 'usage-page-too-large':
      return `The page is larger than is taken (${expected} bytes). Save each page of getPstnCalls in a file of its own.`;
  }
}
