import { z } from 'zod';

/** Which kind of number a call goes to; `any` asks for all of them beside each other. */
const numberTypes = ['fixed', 'mobile', 'tollfree', 'premium', 'any'] as const;
const callServices = ['inbound_tollfree', 'dial_out', 'user_out'] as const;
export const usageDimensions = ['country', 'user', 'calltype', 'day', 'number'] as const;
const answerLanguages = ['en', 'ko'] as const;
/** Nothing longer is a call: some ten weeks. */
export const longestCallMinutes = 100_000;

export type NumberType = (typeof numberTypes)[number];
export type CallService = (typeof callServices)[number];
export type UsageDimension = (typeof usageDimensions)[number];
export type AnswerLanguage = (typeof answerLanguages)[number];

/** ISO 3166-1 alpha-2, `XK` for Kosovo, `001` for global networks. */
const regionSchema = z.string().regex(/^(?:[A-Z]{2}|001)$/);
const periodToken = z.enum([
  'today',
  'yesterday',
  'this_week',
  'last_week',
  'this_month',
  'last_month',
  'last_7_days',
  'last_30_days',
]);
/** A calendar month. */
const monthSchema = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/);
/** A name for days of the asker's calendar, or a month. */
export const periodSchema = z.union([periodToken, monthSchema]);
/** A date in the asker's time zone, or a day that the answer resolves. */
const untilSchema = z.union([
  z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']),
  z.enum(['tomorrow', 'next_week', 'end_of_month', 'end_of_quarter', 'end_of_year']),
]);
/** ISO 8601 (`PT2H`, `P3D`), or the day on which alerts come back. */
const durationSchema = z.union([
  z.string().regex(/^P(?!$)(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?)?$/),
  z.enum(['until_tomorrow', 'until_monday']),
]);
/** Major units as a person typed them; what is done with it goes through `parseAmount` on the server. */
const amountSchema = z.number().finite().nonnegative();

export type Period = z.infer<typeof periodSchema>;
export type Until = z.infer<typeof untilSchema>;
export type Duration = z.infer<typeof durationSchema>;

const rateSchema = z
  .object({
    intent: z.literal('rate'),
    region: regionSchema.optional(),
    /** Other readings of the same place or code, which the answer shows or asks for: Georgia, Congo, Korea, +1. */
    alternatives: z.array(regionSchema).nonempty().optional(),
    /** The place or number as it was typed. */
    destination: z.string().min(1).max(100).optional(),
    numberType: z.enum(numberTypes).optional(),
    minutes: z.number().positive().max(longestCallMinutes).optional(),
    service: z.enum(callServices).optional(),
    /** E.164; only the leading digits where the rest is masked. */
    number: z
      .string()
      .regex(/^\+\d{4,15}$/)
      .optional(),
  })
  .strict();

/**
 * What a person wants to know or to begin, with the slots that they said; what was not said is left out. None of
 * these changes anything by itself: what does, needs a tap on a card.
 */
export const questionSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('balance') }).strict(),
  rateSchema,
  z.object({ intent: z.literal('forecast'), until: untilSchema.optional() }).strict(),
  z
    .object({
      intent: z.literal('usage'),
      period: periodSchema.optional(),
      by: z.enum(usageDimensions).optional(),
    })
    .strict(),
  z
    .object({
      intent: z.literal('topup'),
      amount: amountSchema.optional(),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .optional(),
    })
    .strict(),
  z.object({ intent: z.literal('approvals') }).strict(),
  z.object({ intent: z.literal('history') }).strict(),
  z
    .object({
      intent: z.literal('recharge_settings'),
      minimum: amountSchema.optional(),
      amount: amountSchema.optional(),
    })
    .strict(),
  z.object({ intent: z.literal('recommend') }).strict(),
  /** Who has which licence; or the minutes that licences include, and when they are used up. */
  z.object({ intent: z.literal('licenses'), about: z.literal('minutes').optional() }).strict(),
  z.object({ intent: z.literal('who_is_notified') }).strict(),
  z.object({ intent: z.literal('mute'), duration: durationSchema.optional() }).strict(),
  z.object({ intent: z.literal('explain') }).strict(),
  z.object({ intent: z.literal('language'), language: z.enum(answerLanguages).optional() }).strict(),
  z.object({ intent: z.literal('help') }).strict(),
  z.object({ intent: z.literal('greeting') }).strict(),
  z.object({ intent: z.literal('thanks') }).strict(),
  z.object({ intent: z.literal('none') }).strict(),
]);

export type Question = Readonly<z.infer<typeof questionSchema>>;
export type Intent = Question['intent'];

export const intents: readonly Intent[] = questionSchema.options.map(({ shape }) => shape.intent.value);
