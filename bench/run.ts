import { intakeCsv } from './intake-csv.ts';
import type { Measured } from './measured.ts';
import { turnBalance } from './turn-balance.ts';

const benches: Readonly<Record<string, () => Promise<Measured>>> = {
  'turn.balance': turnBalance,
  'intake.csv': intakeCsv,
};

const asJson = process.argv.includes('--json');
const only = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const results: Record<string, Measured> = {};
for (const [name, measure] of Object.entries(benches)) {
  if (only.length > 0 && !only.includes(name)) continue;
  const measured = await measure();
  results[name] = measured;
  if (!asJson) {
    const { ratio, value, unit, baseline } = measured;
    process.stdout.write(`${name}: ${ratio.toFixed(2)} (${value} against ${baseline} ${unit})\n`);
  }
}
if (asJson) process.stdout.write(`${JSON.stringify(results)}\n`);
