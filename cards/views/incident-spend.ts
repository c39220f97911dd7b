import type { IncidentAnswer } from '../../src/answers/incident.ts';
import type { IncidentSpend } from '../../src/answers/incident-spend.ts';
import { hourMs } from '../../src/decision/time.ts';
import type { Words } from '../words.ts';
import type { Optional } from './balance-figure.ts';
import { plainName } from './plain-name.ts';

/** How fast the money goes, how long it lasts at this pace, and to which numbers it goes. */
export function spendView({ spend }: IncidentAnswer, words: Words): Optional<object> {
  if (spend === null) return [];
  return [
    {
      title: words.say('incident.spend.perHour', { amount: words.money.plain(spend.perHour) }),
      pace: paceLines(spend, words),
      numbers: spend.numbers.map(({ number, calls, minutes, spent }) => ({
        // The stars of a hidden end would be taken for signs.
        label: plainName(number.replaceAll('*', '•')),
        value: words.say('incident.spend.number', { calls, minutes, spent: words.money.plain(spent) }),
      })),
      notes: [
        ...(spend.moreNumbers > 0 ? [words.say('incident.spend.more', { numbers: spend.moreNumbers })] : []),
        ...(spend.numbersMasked ? [words.say('incident.spend.masked')] : []),
        ...(spend.complete ? [] : [words.say('incident.spend.latest')]),
      ],
    },
  ];
}

function paceLines(spend: IncidentSpend, words: Words): readonly string[] {
  const { reportedUntil, goneSince, lastsMs } = spend;
  const when = words.time.moment(reportedUntil, words.now);
  return [
    words.say('incident.spend.until', { when, amount: words.money.plain(goneSince) }),
    ...(lastsMs === null ? [] : [lastsText(lastsMs, words)]),
  ];
}

function lastsText(lastsMs: number, words: Words): string {
  if (lastsMs === 0) return words.say('incident.spend.gone');
  const hours = Math.floor(lastsMs / hourMs);
  if (hours === 0) return words.say('incident.spend.lastsLess');
  return hours < hoursInDays
    ? words.say('incident.spend.lastsHours', { hours })
    : words.say('incident.spend.lastsDays', { days: Math.floor(hours / 24) });
}

/** From here on days say it better. */
const hoursInDays = 72;

const adminCentre = 'https://admin.teams.microsoft.com/users';
/** "Outbound calling restriction policies for Audio Conferencing and user PSTN calls". */
const restrictions = 'https://learn.microsoft.com/microsoftteams/outbound-calling-restriction-policies';

/**
 * Where a user's outgoing calls and dial-out from meetings are restricted, which is one page a user, and what can be
 * chosen there. Where the user is not known by the id in the directory, the list of all users.
 */
export function restrictionLinks({ spend }: IncidentAnswer, words: Words) {
  if (spend === null) return [];
  const isOfOne = spend.user !== null && directoryId.test(spend.user);
  return [
    isOfOne
      ? { title: words.say('incident.do.restrictUser'), url: `${adminCentre}/${spend.user}/account` }
      : { title: words.say('incident.do.restrictUsers'), url: adminCentre },
    { title: words.say('incident.do.restrictHow'), url: restrictions },
  ];
}

/** The report may name a user in another way, and nothing else belongs into an address. */
const directoryId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
