import assert from 'node:assert/strict';
import { understand } from '../../src/language/understand.ts';
import { contextFor } from './context.ts';
import { type Labelled, labelled } from './corpus/labelled.ts';

/**
 * Goal: how much of what telephony admins may type is understood, in both languages. The rules are tuned on
 * `tuned.jsonl` alone; `held-out.jsonl` was written at the same time and is never looked at when rules change. What
 * the test cannot prove: how people beyond our imagination word their questions.
 */
describe('what telephony admins type is understood', () => {
  it('in at least 98 of 100 texts that the rules were tuned on', () => {
    const { intents, slots } = measure('tuned');
    assert.ok(intents >= 0.98, `intents ${intents}`);
    assert.ok(slots >= 0.98, `slots ${slots}`);
  });

  it('in at least 95 of 100 texts that the rules never saw', () => {
    const { intents, slots } = measure('held-out');
    assert.ok(intents >= 0.95, `intents ${intents}`);
    assert.ok(slots >= 0.93, `slots ${slots}`);
  });

  for (const locale of ['en', 'ko']) {
    it(`with 40 phrasings of the balance in ${locale}, none of them missed on the tuned side`, () => {
      const phrasings = labelled('tuned').filter(
        (line) => line.intent === 'balance' && line.locale.startsWith(locale),
      );
      assert.ok(phrasings.length >= 40);
      const missed = phrasings.filter((line) => read(line).intent !== 'balance');
      assert.deepEqual(
        missed.map(({ text }) => text),
        [],
      );
    });
  }
});

function read({ text, locale }: Labelled): {
  readonly intent: string;
  readonly slots: Record<string, unknown>;
} {
  const { intent, ...slots } = understand(text, contextFor(locale)).question;
  return { intent, slots };
}

/** Shares of right intents, and of right slots among the texts whose intent is right; prints the confusions. */
function measure(name: 'tuned' | 'held-out'): { readonly intents: number; readonly slots: number } {
  const lines = labelled(name);
  const confusions = new Map<string, number>();
  let rightIntents = 0;
  let slots = 0;
  let rightSlots = 0;
  for (const line of lines) {
    const answer = read(line);
    if (answer.intent !== line.intent) {
      const confusion = `${line.intent} as ${answer.intent}`;
      confusions.set(confusion, (confusions.get(confusion) ?? 0) + 1);
      continue;
    }
    rightIntents += 1;
    for (const slot of slotsToCompare(line, answer.slots)) {
      slots += 1;
      if (JSON.stringify(line.slots[slot]) === JSON.stringify(answer.slots[slot])) rightSlots += 1;
    }
  }
  const figures = { intents: rightIntents / lines.length, slots: rightSlots / slots };
  const worst = [...confusions].sort((left, right) => right[1] - left[1]).slice(0, 8);
  console.log(
    `      ${name}: ${lines.length} texts, intents ${percent(figures.intents)}, slots ${percent(figures.slots)}`,
  );
  console.log(`      ${worst.map(([confusion, times]) => `${confusion} ${times}×`).join(', ')}`);
  return figures;
}

/** The place as typed is compared only where the label names it. */
function slotsToCompare(line: Labelled, answered: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const names = new Set([...Object.keys(line.slots), ...Object.keys(answered)]);
  if (!('destination' in line.slots)) names.delete('destination');
  return names;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
