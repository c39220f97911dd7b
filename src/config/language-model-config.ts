import type { z } from 'zod';
import { problem, text, url } from './variables.ts';

/** A language model that may sort what the grammar cannot read. */
export type LanguageModelSettings =
  | {
      readonly kind: 'openai';
      readonly apiKey: string;
      readonly model: string;
      /** Of OpenAI, or of whatever speaks its chat completions. */
      readonly baseUrl: string;
    }
  | {
      readonly kind: 'azure';
      readonly apiKey: string;
      readonly endpoint: string;
      readonly deployment: string;
    };

/** A key and a text travel to it, so that only this machine is spoken to in the clear. */
const privateUrl = url(['https:', 'http:']).transform((value, context) =>
  value === null || value.startsWith('https:') || loopbackHosts.includes(new URL(value).hostname)
    ? value
    : problem(context, 'must begin with https://, or with http:// on this machine'),
);

const loopbackHosts: readonly string[] = ['127.0.0.1', '[::1]', 'localhost'];

/** The variables that say which model is asked, by name. */
export const languageModelVariables = {
  OPENAI_API_KEY: text,
  OPENAI_MODEL: text,
  OPENAI_BASE_URL: privateUrl,
  AZURE_OPENAI_KEY: text,
  AZURE_OPENAI_ENDPOINT: url(['https:']),
  AZURE_OPENAI_DEPLOYMENT: text,
};

type Values = z.output<z.ZodObject<typeof languageModelVariables>>;

/**
 * Null where no model is named. Half a group is refused, so that nobody believes in a model that is never asked;
 * what is wrong is added to the problems.
 */
export function languageModelSettings(values: Values, problems: string[]): LanguageModelSettings | null {
  const { OPENAI_API_KEY, OPENAI_MODEL, OPENAI_BASE_URL } = values;
  const { AZURE_OPENAI_KEY, AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_DEPLOYMENT } = values;
  const ofAzure = [AZURE_OPENAI_KEY, AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_DEPLOYMENT];
  const isAzure = ofAzure.some((value) => (value ?? null) !== null);
  const isOpenAi = [OPENAI_API_KEY, OPENAI_MODEL, OPENAI_BASE_URL].some((value) => (value ?? null) !== null);
  if (isAzure && isOpenAi) {
    problems.push('Set the variables of OPENAI_ or those of AZURE_OPENAI_: one model reads, not two.');
    return null;
  }
  if (isAzure) {
    if (AZURE_OPENAI_KEY && AZURE_OPENAI_ENDPOINT && AZURE_OPENAI_DEPLOYMENT)
      return {
        kind: 'azure',
        apiKey: AZURE_OPENAI_KEY,
        endpoint: AZURE_OPENAI_ENDPOINT,
        deployment: AZURE_OPENAI_DEPLOYMENT,
      };
    problems.push(
      'Set all of AZURE_OPENAI_KEY, AZURE_OPENAI_ENDPOINT and AZURE_OPENAI_DEPLOYMENT, or none of them.',
    );
    return null;
  }
  if (OPENAI_API_KEY !== undefined)
    return {
      kind: 'openai',
      apiKey: OPENAI_API_KEY,
      model: OPENAI_MODEL ?? 'gpt-4o-mini',
      baseUrl: OPENAI_BASE_URL ?? 'https://api.openai.com/v1',
    };
  if (isOpenAi) problems.push('OPENAI_API_KEY is missing: set it, or leave the others of OPENAI_ out.');
  return null;
}
