import type { IncidentRow, IncidentsAnswer } from '../../src/answers/incidents.ts';
import type { Words } from '../words.ts';
import { type ActionView, action } from './action.ts';
import type { Optional } from './balance-figure.ts';
import { zonedMoment } from './balance-line.ts';
import { icons } from './incident.ts';
import { plainName } from './plain-name.ts';
import { questions } from './questions.ts';

/** What goes on, the worst first, and what ended lately; each opens beside the list. */
export function incidentsView({ open, more, ended }: IncidentsAnswer, words: Words) {
  const rows = [...open, ...ended].map((row, index) => ({ ...row, number: index + 1 }));
  const withCurrency = new Set(rows.map(({ currency }) => currency).filter((of) => of !== null)).size > 1;
  const viewOf = (row: NumberedRow) => ({
    title: titleOf(row, words, { withCurrency }),
    state: row.endedAt === null ? stateOf(row, words) : endOf(row.endedAt, words),
  });
  const over = rows.slice(open.length);
  return {
    line: words.say('incidents.line', { count: open.length + more }),
    open: rows.slice(0, open.length).map(viewOf),
    more: more === 0 ? [] : [words.say('incidents.more', { more })],
    ended: over.length === 0 ? [] : [{ heading: words.say('incidents.ended'), rows: over.map(viewOf) }],
    ...waysIn(rows, words),
    asOf: words.say('topup.asOf', { when: zonedMoment(words, words.now) }),
    questions: questions(words, 'question.preferences'),
  };
}

interface NumberedRow extends IncidentRow {
  readonly number: number;
}

function titleOf(
  { number, about, urgency, currency, endedAt }: NumberedRow,
  words: Words,
  { withCurrency }: { readonly withCurrency: boolean },
): string {
  const isOver = endedAt !== null;
  const values = {
    number,
    icon: isOver ? '✅' : icons[urgency],
    line: words.say(isOver ? `incident.over.${about}` : `incident.line.${about}`),
  };
  return withCurrency && currency !== null
    ? words.say('incidents.titleOf', { ...values, currency })
    : words.say('incidents.title', values);
}

function stateOf(row: IncidentRow, words: Words): string {
  const who = whoHas(row, words);
  const state = row.muted
    ? words.say('incidents.muted', { who })
    : row.quiet
      ? words.say('incidents.quiet', { who })
      : who;
  return words.say('incidents.row', { when: words.time.moment(row.since, words.now), who: state });
}

function whoHas({ holder, acknowledgedBy }: IncidentRow, words: Words): string {
  if (holder !== null) return words.say('incidents.held', { name: plainName(holder) });
  if (acknowledgedBy === null) return words.say('incidents.nobody');
  return words.say('incidents.acknowledged', { name: plainName(acknowledgedBy) });
}

function endOf(at: number, words: Words): string {
  return words.say('incidents.endedRow', { when: words.time.moment(at, words.now) });
}

/** Teams shows six actions, of which one is for the rest of the card. */
const mostButtons = 5;

/** A button for each where there is room for all; else one is chosen and opened. */
function waysIn(
  rows: readonly NumberedRow[],
  words: Words,
): { readonly actions: readonly ActionView[]; readonly which: Optional<object> } {
  const nameOf = ({ number, about }: NumberedRow): string =>
    words.say('incidents.open', { number, name: words.say(`incident.name.${about}`) });
  if (rows.length <= mostButtons) {
    const actions = rows.map((row) =>
      action({ title: nameOf(row), verb: 'alert.view', data: { episode: row.id, beside: true } }),
    );
    return { actions, which: [] };
  }
  return {
    actions: [action({ title: words.say('incidents.view'), verb: 'alert.view', data: { beside: true } })],
    which: [
      {
        label: words.say('incidents.which'),
        value: rows[0]?.id,
        choices: rows.map((row) => ({ title: nameOf(row), value: row.id })),
      },
    ],
  };
}
