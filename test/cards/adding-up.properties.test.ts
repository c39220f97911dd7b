import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addingUp } from '../../cards/views/adding-up.ts';
import { minorUnitDigits } from '../../src/money/currency.ts';
import { divideHalfUp } from '../../src/money/divide.ts';
import { microUnitDigits, money } from '../../src/money/money.ts';
import { currencyOf } from '../money/builders.ts';

const microUnits = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });

describe('lines that are shown between an opening and a closing', () => {
  it('add up in minor units, each within one of its own amount', () => {
    fc.assert(
      fc.property(
        microUnits,
        fc.array(microUnits),
        fc.constantFrom('USD', 'KRW', 'KWD').map(currencyOf),
        (opening, lines, of) => {
          const minorUnit = 10n ** BigInt(microUnitDigits - minorUnitDigits(of));
          const rounded = (amount: bigint) => divideHalfUp(amount, minorUnit) * minorUnit;
          const shown = addingUp(
            money(opening, of),
            lines.map((line) => money(line, of)),
          ).map((line) => line.microUnits);

          const closing = lines.reduce((sum, line) => sum + line, opening);
          assert.equal(
            shown.reduce((sum, line) => sum + line, rounded(opening)),
            rounded(closing),
          );
          for (const [index, line] of shown.entries()) {
            const off = line - (lines[index] ?? 0n);
            assert.ok(off <= minorUnit && off >= -minorUnit, `${lines[index]} is shown as ${line}`);
          }
        },
      ),
    );
  });
});
