import { addDays, startOfDay } from '../decision/time.ts';
import { type Forecast, forecast } from '../forecast/forecast.ts';
import { readSeries, type SeriesFault } from '../forecast/series-file.ts';
import type { ForecastAsked } from './forecasts.ts';

export type SeriesForecast =
  | { readonly kind: 'forecast'; readonly forecast: Forecast }
  | { readonly kind: 'refused'; readonly faults: readonly SeriesFault[] };

/** The same method on a series that somebody brings, all of whose days are complete; no store is asked. */
export function seriesForecast(
  text: string,
  { balance, seed, scenario }: ForecastAsked & { readonly balance: bigint },
): SeriesForecast {
  const read = readSeries(text);
  if (read.kind === 'refused') return read;
  const { usageByDay, unknownDays, lastDay } = read.series;
  return {
    kind: 'forecast',
    forecast: forecast({
      usageByDay,
      unknownDays,
      funds: { balance, lots: [], autoRecharge: null },
      now: startOfDay(addDays(lastDay, 1)),
      lagMs: 0,
      seed,
      ...(scenario && { scenario }),
    }),
  };
}
