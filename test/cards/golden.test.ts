// What people see of each sample. After a wanted change: UPDATE_GOLDEN=1, then read the difference in both languages.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { render } from '../../cards/render.ts';
import { readers, samples } from './samples.ts';

const folder = new URL('golden/', import.meta.url);
const kinds = [...new Set(samples.map((sample) => sample.kind))];

describe('what people see', () => {
  for (const kind of kinds) {
    for (const language of ['en', 'ko'] as const) {
      it(`is for ${kind} in ${language} as it was last agreed`, () => {
        const seen = Object.fromEntries(
          samples
            .filter((sample) => sample.kind === kind)
            .map(({ name, answer }) => [name, legible(render(answer, readers[language]))]),
        );
        const file = new URL(`${kind}.${language}.json`, folder);
        if (process.env.UPDATE_GOLDEN === '1') {
          mkdirSync(folder, { recursive: true });
          writeFileSync(file, `${JSON.stringify(seen, null, 2)}\n`);
        }
        assert.ok(existsSync(file), `There is no golden file for ${kind}: run with UPDATE_GOLDEN=1 once.`);
        assert.deepEqual(seen, JSON.parse(readFileSync(file, 'utf8')));
      });
    }
  }
});

/** The text line by line, which a person who reads the difference can follow. */
function legible({ card, text, speak }: ReturnType<typeof render>) {
  return { text: text.split('\n'), speak, card: JSON.parse(JSON.stringify(card)) };
}
