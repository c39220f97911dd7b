import assert from 'node:assert/strict';
import { actionTitles } from '../../cards/plain-text.ts';
import { regionName } from '../../cards/region-name.ts';
import { render } from '../../cards/render.ts';
import { wordsFor } from '../../cards/words.ts';
import { understand } from '../../src/language/understand.ts';
import { usdDeck } from '../rates/decks.ts';
import { factsIn } from './facts-in-text.ts';
import { readers, sampleAnswer, samples } from './samples.ts';

const rates = samples.filter(({ kind }) => kind === 'rate');

describe('the rate card', () => {
  for (const { name, answer } of rates) {
    it(`tells the same facts in both languages: ${name}`, () => {
      const english = factsIn('en', render(answer, readers.en).text);
      assert.deepEqual(factsIn('ko', render(answer, readers.ko).text), english);
      assert.notDeepEqual(english.dates, []);
    });
  }

  it('says what was asked for in its first line', () => {
    const line = (name: string, language: 'en' | 'ko') =>
      render(sampleAnswer('rate', name), readers[language]).text.split('\n')[0];
    assert.equal(line('germany', 'en'), 'Germany: landline $0.013, mobile $0.024 a minute');
    assert.equal(line('germany', 'ko'), '독일: 분당 유선 US$0.013, 휴대폰 US$0.024');
    assert.equal(line('ten minutes', 'en'), 'Germany: $0.24 for 10 minutes');
    assert.equal(line('georgia', 'ko'), '분당 조지아 US$0.167부터, 미국 US$0.018');
    assert.equal(line('not in the list', 'en'), 'Antarctica: no published rate');
    assert.equal(line('neighbour', 'en'), 'Anguilla: no rate of its own; a neighbour’s is $0.018');
  });

  for (const language of ['en', 'ko'] as const) {
    it(`offers only questions that are understood as questions about credits, in ${language}`, () => {
      const shown = samples.filter(({ kind }) => kind.startsWith('rate'));
      const titles = shown.flatMap(({ answer }) => actionTitles(render(answer, readers[language]).card));
      const lost = [...new Set(titles)].filter((title) => asked(title, language).intent === 'none');
      assert.deepEqual(lost, []);
    });

    it(`names each region of a list so that the name leads back to it, in ${language}`, () => {
      const words = wordsFor(readers[language]);
      const regions = [...new Set(usdDeck.rates.map(({ region }) => region))];
      const lost = regions.filter((region) => {
        const place = regionName(words, region);
        const question = asked(words.say('rate.question.place', { place }), language);
        return question.intent !== 'rate' || question.region !== region;
      });
      assert.deepEqual(lost, []);
    });
  }
});

function asked(text: string, language: 'en' | 'ko') {
  const { locale, timeZone, now } = readers[language];
  return understand(text, { locale, timeZone, now, currency: 'USD' }).question;
}
