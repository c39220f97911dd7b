import type { IncidentAnswer, IncidentStep } from '../../src/answers/incident.ts';
import { isTextKey, type Words } from '../words.ts';
import type { Optional } from './balance-figure.ts';
import { plainName } from './plain-name.ts';

/** Who did what when; a single line would only repeat when it began. */
export function story({ timeline }: IncidentAnswer, words: Words): Optional<object> {
  if (timeline.length < 2) return [];
  return [
    {
      title: words.say('incident.story'),
      steps: timeline.map((step) => ({
        when: words.time.moment(step.at, words.now),
        what: what(step, words),
      })),
    },
  ];
}

function what({ type, by, to, detail }: IncidentStep, words: Words): string {
  const key = `incident.step.${type}${by === null ? '' : 'By'}`;
  const known = isTextKey(key) ? key : (`incident.step.${type}` as const);
  const said = isTextKey(known)
    ? words.say(known, { by: plainName(by ?? ''), to: plainName(to ?? '') })
    : type;
  return detail === null ? said : words.say('incident.stepDetail', { said, detail });
}
