import { type AlertSettings, alertSettings } from '../alerts/settings.ts';
import { currency } from '../money/currency.ts';
import { parseAmount } from '../money/parse-amount.ts';

/** Levels as a person types them: "7 days, 10%, USD 1,500"; null where one of them is none. */
export function typedLevels(text: string): AlertSettings['levels'] | null {
  const items = text
    .normalize('NFKC')
    // A comma between thousands parts nothing.
    .split(/[;\n]|,(?!\d{3}(?!\d))/u)
    .map((item) => item.trim())
    .filter((item) => item !== '');
  const read = alertSettings.shape.levels.safeParse(items.map(levelOf));
  return read.success ? read.data : null;
}

function levelOf(item: string): unknown {
  const days = /^(\d{1,3}) ?(?:days?|일)$/iu.exec(item)?.[1];
  if (days !== undefined) return { unit: 'days', days: Number(days) };
  const percent = /^(\d{1,3}) ?%$/u.exec(item)?.[1];
  if (percent !== undefined) return { unit: 'percent', percent: Number(percent) };
  const code = /^[A-Z]{3}(?= ?\d)|(?<=\d ?)[A-Z]{3}$/iu.exec(item)?.[0].toUpperCase() ?? '';
  const of = currency(code);
  const parsed = of === null ? null : parseAmount(item.toUpperCase(), of);
  return parsed?.ok ? { unit: 'money', currency: of, microUnits: String(parsed.amount.microUnits) } : null;
}
