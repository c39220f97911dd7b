import type { z } from 'zod';
import { oneOf, problem, text } from './variables.ts';

/** Who may read GET /metrics. */
export interface MetricsSettings {
  /** What a reader shows as a bearer token; null: whoever reaches the port may read. */
  readonly token: string | null;
}

/** Long enough not to be guessed, and of what a header takes. */
const bearerToken = /^[\w.~+/=-]{16,200}$/;

export const metricsVariables = {
  METRICS: oneOf('on', 'off'),
  METRICS_TOKEN: text.transform((value, context) =>
    value === undefined || bearerToken.test(value)
      ? (value ?? null)
      : problem(context, 'must be 16 to 200 letters, digits or . _ ~ + / = -'),
  ),
};

type Values = z.output<z.ZodObject<typeof metricsVariables>>;

/** Null where there are none: in production somebody must want them, by a token or by `on`. */
export function metricsSettings(
  { METRICS, METRICS_TOKEN }: Values,
  { isProduction }: { readonly isProduction: boolean },
): MetricsSettings | null {
  const usual = isProduction && METRICS_TOKEN === null ? 'off' : 'on';
  return (METRICS ?? usual) === 'on' ? { token: METRICS_TOKEN } : null;
}
