import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { checkout } from '../system/checkout.ts';
import { projectFolder } from '../system/node-process.ts';

/**
 * Goal: each rule on the direction of imports holds, and each rule bites. Method: in a copy of the tree one violation
 * of every rule is planted, and each must be reported, and nothing else.
 */
interface Planting {
  readonly file: string;
  readonly text: string;
}

const importing = (file: string, target: string): Planting => ({
  file,
  text: `import * as planted from '${target}';\nexport const used = planted;\n`,
});

/** By the name of the rule. */
const plantings: Readonly<Record<string, readonly Planting[]>> = {
  'no-circular': [
    importing('src/money/planted-circle.ts', './planted-circle-end.ts'),
    importing('src/money/planted-circle-end.ts', './planted-circle.ts'),
  ],
  'no-orphans': [{ file: 'src/money/planted-orphan.ts', text: 'export const orphan = 1;\n' }],
  'not-to-unresolvable': [importing('src/workflows/planted-nowhere.ts', './nowhere.ts')],
  'not-to-dev-dependency': [importing('src/workflows/planted-development.ts', 'fast-check')],
  'only-bot-knows-teams': [importing('src/workflows/planted-teams.ts', 'botbuilder')],
  'only-bot-knows-prometheus': [importing('src/workflows/planted-prometheus.ts', 'prom-client')],
  'only-store-knows-redis': [importing('src/graph/planted-redis.ts', 'ioredis')],
  'only-outbox-and-jobs-know-the-queue': [importing('src/graph/planted-queue.ts', 'bullmq')],
  'only-graph-knows-entra-credentials': [importing('src/store/planted-credentials.ts', '@azure/identity')],
  'island-ledger': [importing('src/ledger/planted-reach.ts', 'node:fs')],
  'island-usage': [importing('src/usage/planted-reach.ts', '../ledger/lots.ts')],
  'island-rates': [importing('src/rates/planted-reach.ts', '../store/keys.ts')],
  'island-forecast': [importing('src/forecast/planted-reach.ts', 'node:net')],
  'island-alerts': [importing('src/alerts/planted-reach.ts', '../ledger/lots.ts')],
  'island-approvals': [importing('src/approvals/planted-reach.ts', '../people/eligibility.ts')],
  'island-people': [importing('src/people/planted-reach.ts', '../graph/client.ts')],
  'island-language': [
    {
      file: 'src/language/planted-reach.ts',
      text: "import type { Lot } from '../ledger/lots.ts';\nexport type Planted = Lot;\n",
    },
  ],
  'money-and-decision-stand-alone': [importing('src/decision/planted-reach.ts', '../people/eligibility.ts')],
  'one-island-outside-the-bridges': [importing('src/config/planted-island.ts', '../ledger/lots.ts')],
  'src-does-not-reach-back': [importing('src/workflows/planted-back.ts', '../../cards/words.ts')],
  'the-shell-enters-through-the-product': [importing('bot/planted-entrance.ts', '../src/workflows/act.ts')],
  'cards-know-answers-only': [importing('cards/planted-workflow.ts', '../src/workflows/act.ts')],
  'product-code-does-not-import-tests': [
    importing('src/workflows/planted-test.ts', '../../test/planted.ts'),
    { file: 'test/planted.ts', text: 'export const fake = 1;\n' },
  ],
};

describe('the direction of imports', function () {
  this.timeout(120_000);

  let violations: readonly { readonly rule: string; readonly from: string }[];
  before(async () => {
    const folder = checkout();
    for (const { file, text } of Object.values(plantings).flat()) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    violations = await violationsIn(folder);
  });

  it('has a planting for every rule', () => {
    const rules = createRequire(import.meta.url)(join(projectFolder, '.dependency-cruiser.cjs')) as {
      readonly forbidden: readonly { readonly name: string; readonly comment?: string }[];
    };
    assert.deepEqual(rules.forbidden.map(({ name }) => name).sort(), Object.keys(plantings).sort());
    for (const { name, comment = '' } of rules.forbidden)
      assert.match(comment, /\.$/, `${name} has its reason`);
  });

  for (const [rule, planted] of Object.entries(plantings)) {
    it(`is held by ${rule}`, () => {
      const reported = violations.filter((violation) => violation.rule === rule).map(({ from }) => from);
      const isReported = planted.some(({ file }) => reported.includes(file));
      assert.ok(isReported, `reported: ${reported.join(', ') || 'nothing'}`);
    });
  }

  it('is kept by all that was not planted', () => {
    const others = violations.filter(({ from }) => !from.includes('planted'));
    assert.deepEqual(others, []);
  });
});

const report = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

/** What `npm run imports` reports there. It ends with the number of violations, so its exit code tells nothing. */
async function violationsIn(folder: string) {
  const program = join(projectFolder, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const cruise = [
    program,
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
    'bot',
    'src',
    'cards',
  ];
  const { stdout } = await promisify(execFile)(process.execPath, cruise, {
    cwd: folder,
    maxBuffer: 64 * 1_024 ** 2,
  }).catch((error: unknown) => error as { readonly stdout: string });
  const { summary } = report.parse(JSON.parse(stdout));
  return summary.violations.map(({ from, rule }) => ({ from, rule: rule.name }));
}
