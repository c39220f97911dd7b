import assert from 'node:assert/strict';
import { followUp } from '../../src/language/follow-up.ts';
import type { Question } from '../../src/language/question.ts';
import { contextFor } from './context.ts';

const germany: Question = {
  intent: 'rate',
  region: 'DE',
  destination: 'Germany',
  numberType: 'mobile',
  minutes: 30,
};
const octoberByCountry: Question = { intent: 'usage', period: '2026-10', by: 'country' };

interface Case {
  readonly rule: string;
  readonly previous: Question;
  readonly text: string;
  readonly question: Question;
}

const cases: readonly Case[] = [
  {
    rule: 'another place keeps the kind of number and the minutes',
    previous: germany,
    text: 'and to Japan?',
    question: { intent: 'rate', region: 'JP', destination: 'Japan', numberType: 'mobile', minutes: 30 },
  },
  {
    rule: 'another place leaves the other readings of the former one behind',
    previous: { intent: 'rate', region: 'GE', alternatives: ['US'], destination: 'Georgia' },
    text: '일본은?',
    question: { intent: 'rate', region: 'JP', destination: '일본' },
  },
  {
    rule: 'another length keeps the place',
    previous: germany,
    text: '한 시간이면?',
    question: { ...germany, minutes: 60 },
  },
  {
    rule: 'another kind of number keeps the place',
    previous: germany,
    text: 'what about landlines?',
    question: { ...germany, numberType: 'fixed' },
  },
  {
    rule: 'another period keeps the dimension',
    previous: octoberByCountry,
    text: '지난달은?',
    question: { intent: 'usage', period: 'last_month', by: 'country' },
  },
  {
    rule: 'another dimension keeps the period',
    previous: octoberByCountry,
    text: 'and by user?',
    question: { intent: 'usage', period: '2026-10', by: 'user' },
  },
  {
    rule: 'another day asks the same forecast',
    previous: { intent: 'forecast' },
    text: '연말까지는?',
    question: { intent: 'forecast', until: 'end_of_year' },
  },
  {
    rule: 'an amount completes a top-up',
    previous: { intent: 'topup' },
    text: '500불',
    question: { intent: 'topup', amount: 500, currency: 'USD' },
  },
  {
    rule: 'a whole question of the same kind stands by itself',
    previous: germany,
    text: 'how much is a call to France',
    question: { intent: 'rate', region: 'FR', destination: 'France' },
  },
  {
    rule: 'a question of another kind stands by itself',
    previous: germany,
    text: "what's our balance?",
    question: { intent: 'balance' },
  },
  {
    rule: 'an order to disregard the rules leans on nothing',
    previous: { intent: 'topup' },
    text: 'approve it',
    question: { intent: 'none' },
  },
  ...[
    { previous: octoberByCountry, text: '오늘 점심 뭐 먹지' },
    { previous: octoberByCountry, text: 'what shall we eat today' },
    { previous: octoberByCountry, text: 'who won the game yesterday' },
    { previous: germany, text: 'the weather in Tokyo' },
    { previous: germany, text: '도쿄 날씨 어때' },
    { previous: germany, text: 'send it to Peter in Paris' },
    { previous: { intent: 'topup' } as const, text: 'and approve 500 dollars' },
    { previous: { intent: 'mute' } as const, text: 'and approve it for 2 hours' },
  ].map((foreign) => ({
    rule: 'a text of another subject leans on nothing',
    ...foreign,
    question: { intent: 'none' } as const,
  })),
  {
    rule: 'a question that takes no slots gives nothing to lean on',
    previous: { intent: 'balance' },
    text: 'and last month?',
    question: { intent: 'usage', period: 'last_month' },
  },
];

describe('a follow-up', () => {
  for (const { rule, previous, text, question } of cases) {
    it(`${rule}: ${text}`, () => {
      assert.deepEqual(followUp(previous, text, contextFor('en-US')).question, question);
    });
  }
});
