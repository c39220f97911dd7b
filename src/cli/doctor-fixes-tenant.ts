import type { Fixes } from './doctor-fix.ts';

const readFigure =
  'Read it: Microsoft 365 admin centre (https://admin.microsoft.com) > Billing > Your products > Communications Credits; then ask the bot for the balance and enter the figure on its card.';

export const tenantFixes = {
  'feed-stale': ({ ageMinutes, pollMinutes }) =>
    `Usage was last read ${ageMinutes} minutes ago, and it should be every ${pollMinutes}. See that the bot runs (npm start) and what its log says; mend what is wrong with Graph above first. Meanwhile: credits import FILE, with the PSTN usage report of the Teams admin centre.`,
  'feed-never-ran': ({ pollMinutes }) =>
    `Usage was never read to its end. Start the bot (npm start), which reads it every ${pollMinutes} minutes; mend what is wrong with Graph above first. Or: credits import FILE, with the PSTN usage report of the Teams admin centre.`,
  'figure-old': ({ ageDays }) =>
    `The balance was last read in the admin centre ${ageDays} days ago. ${readFigure}`,
  'figure-never-read': () => `Nobody has yet read the balance in the admin centre. ${readFigure}`,
  'no-rate-deck': () =>
    'There is no price list that counts today, so calls cannot be quoted. Run: credits rates import FILE --apply.',
} satisfies Fixes;
