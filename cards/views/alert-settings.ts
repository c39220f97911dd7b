import type { AlertSettingsAnswer } from '../../src/answers/alert-settings.ts';
import type { Words } from '../words.ts';
import { action } from './action.ts';
import type { Fact } from './fact.ts';
import { questions } from './questions.ts';
import { settingsForm } from './settings-form.ts';
import { changeFacts } from './settings-texts.ts';

/** What counts for everybody: as a form, or what was changed, with the way back. */
export function alertSettingsView(answer: AlertSettingsAnswer, words: Words) {
  const { state, undoable, version } = answer;
  const isForm = state === 'form';
  const { form, sections, wrong } = settingsForm(answer, words);
  const changes = changeFacts(answer, words);
  const isSame = state === 'saved' && changes.length === 0;
  const undo = action({ title: words.say('settings.undo'), verb: 'settings.undo', data: {} });
  const save = action({
    title: words.say('settings.save'),
    verb: 'settings.save',
    data: { seen: version },
    style: 'positive',
  });
  return {
    line: words.say(isSame ? 'settings.line.same' : `settings.line.${state}`),
    note: isForm && answer.wrong.length > 0 ? [noteOn(wrong, words)] : [],
    factSets: factSets(changes),
    form: isForm ? form : [],
    sections: isForm ? sections : [],
    remark: words.say('settings.remark'),
    actions: [
      isForm ? save : action({ title: words.say('settings.change'), verb: 'settings.open', data: {} }),
      ...(undoable ? [undo] : []),
      action({ title: words.say('settings.own'), verb: 'preferences.open', data: {} }),
    ],
    // With all its sections the form has as many actions as Teams shows.
    questions: isForm ? [] : questions(words, 'question.help'),
  };
}

/** A set takes ten. */
function factSets(facts: readonly Fact[]): readonly { readonly facts: readonly Fact[] }[] {
  const sets = Array.from({ length: Math.ceil(facts.length / mostFacts) }, (_, index) => index * mostFacts);
  return sets.map((first) => ({ facts: facts.slice(first, first + mostFacts) }));
}

const mostFacts = 10;

/** Where no input is wrong, somebody else was faster. */
function noteOn(wrong: readonly string[], words: Words) {
  const text =
    wrong.length === 0
      ? words.say('settings.wrong.changed-meanwhile')
      : words.say('settings.putRight', { fields: wrong.join(', ') });
  return { title: words.say('settings.notSaved'), text };
}
