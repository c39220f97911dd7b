import type { IncidentAnswer } from '../../src/answers/incident.ts';
import type { Words } from '../words.ts';
import type { Optional } from './balance-figure.ts';
import { plainName } from './plain-name.ts';

/** A form opens by one action and is sent by another. */
const actionsPerForm = 2;

/** The forms for which there is room among so many actions, and what is left of it. */
export function incidentForms(answer: IncidentAnswer, words: Words, room: number) {
  const [handingOver, muting] = [handOver(answer, words), mute(answer, words)];
  const both = (handingOver.length + muting.length) * actionsPerForm <= room;
  // Whoever has it hears no reminder, so that there is little to mute; but what another asked for wants an answer.
  const isMuteFirst = handingOver.length === 0 || answer.muteAsked !== null;
  const isAny = room >= actionsPerForm;
  const shown = {
    handOver: both || (isAny && !isMuteFirst) ? handingOver : [],
    mute: both || (isAny && isMuteFirst) ? muting : [],
  };
  return { ...shown, room: room - (shown.handOver.length + shown.mute.length) * actionsPerForm };
}

/** Whoever has it keeps it until the other accepts. */
function handOver({ id, actions, others }: IncidentAnswer, words: Words): Optional<object> {
  if (!actions.includes('alert.handOver')) return [];
  return [
    {
      episode: id,
      title: words.say('incident.do.handOver'),
      intro: words.say('incident.handOver.intro'),
      toLabel: words.say('incident.handOver.to'),
      others: others.map((other) => ({ title: plainName(other.name), value: other.id })),
      missing: words.say('incident.handOver.missing'),
      submit: words.say('incident.handOver.submit'),
    },
  ];
}

const durations = [4, 24, 72, 168] as const;

function mute({ id, actions, about, muteAsked }: IncidentAnswer, words: Words): Optional<object> {
  if (!actions.includes('alert.mute')) return [];
  const takesTwo = about === 'balance-zero' || about === 'recharge-failed';
  return [
    {
      episode: id,
      title: words.say(muteAsked === null ? 'incident.do.mute' : 'incident.do.confirmMute'),
      intro: words.say(takesTwo ? 'incident.mute.introTwo' : 'incident.mute.intro'),
      durationLabel: words.say('incident.mute.duration'),
      durations: durations.map((hours) => ({
        title: words.say('incident.mute.hours', { hours }),
        value: String(hours),
      })),
      reasonLabel: words.say('incident.mute.reason'),
      reasonExample: words.say('incident.mute.reasonExample'),
      reasonMissing: words.say('incident.mute.reasonMissing'),
      submit: words.say('incident.mute.submit'),
    },
  ];
}
