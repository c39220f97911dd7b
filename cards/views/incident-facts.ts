import type { IncidentAnswer, IncidentMute } from '../../src/answers/incident.ts';
import { dayMs, hourMs, minuteMs } from '../../src/decision/time.ts';
import { isTextKey, type TextKey, type Words } from '../words.ts';
import { type Fact, fact } from './fact.ts';
import { plainName } from './plain-name.ts';

/** The figures of an incident, and who has it. */
export function incidentFacts(answer: IncidentAnswer, words: Words): readonly Fact[] {
  const { figures } = answer;
  const moment = (at: number): string => words.time.moment(at, words.now);
  return [
    ...row(words, 'incident.fact.balance', figures.balance && words.money.withCode(figures.balance)),
    ...threshold(answer, words),
    ...aboutRow(answer, words, 'amount', figures.amount && words.money.size(figures.amount)),
    ...aboutRow(answer, words, 'count', figures.count),
    ...aboutRow(answer, words, 'share', figures.basisPoints && words.share(figures.basisPoints)),
    ...row(words, 'incident.fact.timeLeft', timeLeft(answer, words)),
    ...aboutRow(answer, words, 'at', figures.at && moment(figures.at)),
    ...fromTo(answer, words),
    ...impactRows(answer, words),
    ...who(answer, words),
  ];
}

/** What is only said, with nothing to follow, has no beginning and no end. */
function fromTo({ openedAt, resolved }: IncidentAnswer, words: Words): readonly Fact[] {
  if (resolved?.how === 'told') return [];
  const moment = (at: number): string => words.time.moment(at, words.now);
  return [
    ...row(words, 'incident.fact.since', moment(openedAt)),
    ...row(words, 'incident.fact.until', resolved && moment(resolved.at)),
  ];
}

/** What people said, and what stands out, in sentences. */
export function notes(answer: IncidentAnswer, words: Words): readonly string[] {
  const { reason, findings, againSince, quiet, impact } = answer;
  return [
    ...findings.map(({ subject, name, day, spent, usual }) =>
      words.say(subject === 'user' ? 'incident.finding.user' : 'incident.finding.class', {
        name: subject === 'user' ? plainName(name) : className(name, words),
        day: words.utc.date(Date.parse(`${day}T00:00:00Z`), words.now),
        spent: words.money.plain(spent),
        usual: words.money.plain(usual),
      }),
    ),
    ...(reason === null ? [] : [words.say('incident.reason', { reason })]),
    ...(againSince === null
      ? []
      : [words.say('incident.again', { when: words.time.moment(againSince, words.now) })]),
    ...(quiet ? [words.say('incident.quiet')] : []),
    ...(impact?.atZeroMs ? [words.say('incident.refusedCalls')] : []),
  ];
}

/** What it came to, once it is over. */
function impactRows({ impact }: IncidentAnswer, words: Words): readonly Fact[] {
  if (impact === null) return [];
  const { lastedMs, atZeroMs, charged } = impact;
  const money = charged && {
    spent: words.money.plain(charged.spent),
    calls: charged.calls,
  };
  return [
    ...row(words, 'incident.fact.lasted', duration(lastedMs, words)),
    ...row(words, 'incident.fact.atZero', atZeroMs ? duration(atZeroMs, words) : null),
    ...row(words, 'incident.fact.charged', money && words.say('incident.charged', money)),
  ];
}

/** In the largest unit of which there are at least two. */
function duration(ms: number, words: Words): string {
  const [days, hours] = [Math.floor(ms / dayMs), Math.floor(ms / hourMs)];
  if (days >= 2) return words.say('incident.days', { days });
  if (hours >= 2) return words.say('incident.hours', { hours });
  return words.say('incident.minutes', { minutes: Math.floor(ms / minuteMs) });
}

function who(answer: IncidentAnswer, words: Words): readonly Fact[] {
  const { acknowledged, holder, offeredTo, mute, muteAsked } = answer;
  // Whoever takes it acknowledges it, which is one thing to say.
  const isTaking = acknowledged?.by === holder?.by && acknowledged?.at === holder?.since;
  const by = (name: string, at: number): string =>
    words.say('incident.byAt', { name: plainName(name), when: words.time.moment(at, words.now) });
  return [
    ...(isTaking
      ? []
      : row(words, 'incident.fact.acknowledged', acknowledged && by(acknowledged.by, acknowledged.at))),
    ...row(words, 'incident.fact.holder', holder && by(holder.by, holder.since)),
    ...row(
      words,
      'incident.fact.offered',
      offeredTo && words.say('incident.offeredTo', { name: plainName(offeredTo) }),
    ),
    ...row(words, 'incident.fact.muted', mute && muteText(mute, words)),
    ...row(words, 'incident.fact.muteAsked', muteAsked && muteText(muteAsked, words)),
  ];
}

function muteText({ by, until }: IncidentMute, words: Words): string {
  return words.say('incident.muteText', { name: plainName(by), until: words.time.moment(until, words.now) });
}

/** That zero is below something needs no words. */
function threshold({ about, figures }: IncidentAnswer, words: Words): readonly Fact[] {
  if (about === 'balance-zero') return [];
  const key = about === 'recharge-overdue' ? 'incident.fact.trigger' : 'incident.fact.threshold';
  return row(words, key, figures.threshold && words.money.plain(figures.threshold));
}

/** What a figure is called depends on the incident; where it has no name there, it says nothing. */
function aboutRow(
  { about }: IncidentAnswer,
  words: Words,
  figure: string,
  value: string | number | null,
): readonly Fact[] {
  const key = `incident.${figure}.${about}`;
  return isTextKey(key) ? row(words, key, value === null || value === 0 ? null : String(value)) : [];
}

function row(words: Words, key: TextKey, value: string | null): readonly Fact[] {
  return value === null || value === '' ? [] : [fact(words.say(key), value)];
}

/** At the usual pace, which is beside the point where another is told. */
function timeLeft({ figures: { timeLeftMs }, spend }: IncidentAnswer, words: Words): string | null {
  if (timeLeftMs === null || spend !== null) return null;
  const days = Math.floor(timeLeftMs / dayMs);
  const hours = Math.floor(timeLeftMs / hourMs);
  return days > 2 ? words.say('incident.days', { days }) : words.say('incident.hours', { hours });
}

function className(id: string, words: Words): string {
  const key = `incident.class.${id}`;
  return isTextKey(key) ? words.say(key) : id;
}
