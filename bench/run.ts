import { feedGraph } from './feed-graph.ts';
import { intakeCsv } from './intake-csv.ts';
import type { Measured } from './measured.ts';
import { outboxFanOut } from './outbox-fanout.ts';
import { Started } from './started.ts';
import { turnBalance } from './turn-balance.ts';

const benches: Readonly<Record<string, (started: Started) => Promise<Measured>>> = {
  'turn.balance': turnBalance,
  'intake.csv': intakeCsv,
  'feed.graph': feedGraph,
  'outbox.fanout': outboxFanOut,
};

let started = new Started();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void started.endAll().finally(() => process.exit(1)));
}

const asJson = process.argv.includes('--json');
const only = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const results: Record<string, Measured> = {};
for (const [name, bench] of Object.entries(benches)) {
  if (only.length > 0 && !only.includes(name)) continue;
  started = new Started();
  let measured: Measured;
  try {
    measured = await bench(started);
  } finally {
    await started.endAll();
  }
  results[name] = measured;
  if (!asJson) process.stdout.write(`${name}: ${inWords(measured)}\n`);
}
if (asJson) process.stdout.write(`${JSON.stringify(results)}\n`);

function inWords({ ratio, value, unit, baseline, perCpuSecond, peakMegabytes }: Measured): string {
  const perCpu = perCpuSecond === undefined ? '' : `; ${perCpuSecond} for each second of CPU`;
  const peak = peakMegabytes === undefined ? '' : `; ${peakMegabytes} MB at the most`;
  return `${ratio.toFixed(2)} (${value} against ${baseline} ${unit}${perCpu}${peak})`;
}
