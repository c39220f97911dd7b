import assert from 'node:assert/strict';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { readUsageFile } from '../../src/usage/usage-file.ts';
import { bytesOf, fixture, readAll, usages, usagesIn } from './samples.ts';

const report = fixture('pstn-usage-export.csv');
const archive = zipSync({
  'parameters.json': fixture('export-parameters.json'),
  'PSTN.calls.2026-11-01.csv': report,
});
const page = fixture('pstn-calls-page-2.json');
const files = fc.constantFrom(report, archive, page);

/** Where bytes are cut into pieces. */
const sizes = fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 20 });

const damage = fc.record({
  at: fc.nat({ max: 40_000 }),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 12 }),
});

/** Reads to the end; what matters is that this is told as values. */
async function tell(content: Uint8Array, pieces: readonly number[]): Promise<'refused' | 'read'> {
  const file = await readUsageFile(bytesOf(content, pieces));
  if (file.kind === 'refused') return 'refused';
  let next = 1;
  for await (const batch of file.batches) {
    assert.ok(batch.length <= 1_000);
    for (const { row } of batch) {
      assert.equal(row, next);
      next += 1;
    }
  }
  return 'read';
}

describe('any bytes', () => {
  it('are read or refused, wherever they are cut off', async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.nat(), sizes, async (file, end, pieces) => {
        assert.match(await tell(file.subarray(0, end % (file.length + 1)), pieces), /^(refused|read)$/);
      }),
    );
  });

  it('are read or refused, wherever they are damaged', async () => {
    await fc.assert(
      fc.asyncProperty(
        files,
        fc.array(damage, { minLength: 1, maxLength: 4 }),
        sizes,
        async (file, damages, pieces) => {
          const damaged = Uint8Array.from(file);
          for (const { at, bytes } of damages) {
            const room = damaged.subarray(at % damaged.length);
            room.set(bytes.subarray(0, room.length));
          }
          assert.match(await tell(damaged, pieces), /^(refused|read)$/);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are read or refused, whatever they are', async () => {
    const starts = fc.constantFrom(
      '',
      'PK\u0003\u0004',
      '{"value":[',
      'UsageId,Start Time,Charge,Currency,Capability\n',
    );
    await fc.assert(
      fc.asyncProperty(starts, fc.uint8Array({ maxLength: 2_000 }), sizes, async (start, rest, pieces) => {
        const content = Uint8Array.from([...new TextEncoder().encode(start), ...rest]);
        assert.match(await tell(content, pieces), /^(refused|read)$/);
      }),
    );
  });

  it('mean the same wherever the borders of their pieces fall', async () => {
    const expected = await usagesIn('pstn-usage-export.csv');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(report, archive), sizes, async (file, pieces) => {
        assert.deepEqual(usages(await readAll(file, pieces)), expected);
      }),
    );
  });
});
