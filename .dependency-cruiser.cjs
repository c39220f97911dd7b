/** The direction of imports (ARCHITECTURE.md), each rule with its reason. */
const islands = ['ledger', 'usage', 'rates', 'forecast', 'alerts', 'approvals', 'people', 'language'];
const pureLibraries = 'node_modules/(zod|csv-parse|fflate|lossless-json|libphonenumber-js)/';

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle has no top to read down from.',
      severity: 'error',
      from: { pathNot: 'node_modules' },
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody imports and that starts nothing is left over.',
      severity: 'error',
      from: { orphan: true, path: '^(bot|src|cards)/', pathNot: ['\\.json$', '\\.d\\.ts$'] },
      to: {},
    },
    {
      name: 'not-to-unresolvable',
      comment: 'It would fail at start.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'not-to-dev-dependency',
      comment:
        'What production runs must be in dependencies. The sandbox alone may stand on development packages.',
      severity: 'error',
      from: { path: '^(bot|src|cards)/', pathNot: '^src/sandbox/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-bot-knows-teams',
      comment: 'The Bot Framework SDK is past its prime: a move to its successor must replace one room only.',
      severity: 'error',
      from: { path: '^(src|cards)/' },
      to: { path: 'node_modules/(botbuilder|botframework|@microsoft/teams-ai|restify)' },
    },
    {
      name: 'only-store-knows-redis',
      comment: 'What is atomic is decided in one room; others would write past the commit script.',
      severity: 'error',
      from: { path: '^(bot|src|cards)/', pathNot: '^src/store/' },
      to: { path: 'node_modules/ioredis' },
    },
    {
      name: 'only-outbox-and-jobs-know-the-queue',
      comment:
        'What is sent, and when again, is decided in one room; what is done every so often in another.',
      severity: 'error',
      from: { path: '^(bot|src|cards)/', pathNot: '^src/(outbox|jobs)/' },
      to: { path: 'node_modules/bullmq' },
    },
    {
      name: 'only-bot-knows-prometheus',
      comment: 'The product tells what it did; who counts it, and for whom, is for the shell.',
      severity: 'error',
      from: { path: '^(src|cards)/' },
      to: { path: 'node_modules/prom-client' },
    },
    {
      name: 'only-graph-knows-entra-credentials',
      comment: 'Tokens are asked for in one room.',
      severity: 'error',
      from: { path: '^(bot|src|cards)/', pathNot: '^src/graph/' },
      to: { path: 'node_modules/@azure/' },
    },
    ...islands.map((island) => ({
      name: `island-${island}`,
      comment:
        'An island is pure: it knows money, decisions, itself and pure libraries. What joins two islands is a workflow or an answer.',
      severity: 'error',
      from: { path: `^src/${island}/` },
      to: { pathNot: [`^src/(${island}|money|decision)/`, pureLibraries, '^crypto$', '^node:crypto$'] },
    })),
    {
      name: 'money-and-decision-stand-alone',
      comment: 'Everything rests on them, so they rest on nothing.',
      severity: 'error',
      from: { path: '^src/(money|decision)/' },
      to: { pathNot: ['^src/(money|decision)/', pureLibraries, '^crypto$', '^node:crypto$'] },
    },
    {
      name: 'one-island-outside-the-bridges',
      comment: 'Only answers and workflows bring islands together.',
      severity: 'error',
      from: { path: '^src/(store|graph|outbox|jobs|config)/' },
      to: { path: '^src/(ledger|rates|forecast|alerts|approvals|language)/' },
    },
    {
      name: 'src-does-not-reach-back',
      comment: 'The product does not know who shows it.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(bot|cards|test|bench)/' },
    },
    {
      name: 'the-shell-enters-through-the-product',
      comment:
        'bot/ and cli/ talk to src/product.ts alone, so that what the product can do is one page. Types, configuration and the sandbox that stands in for the world are the exceptions.',
      severity: 'error',
      from: { path: '^(bot|src/cli)/' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/(product|open-product)\\.ts$',
          '^src/cli/',
          '^src/config/',
          '^src/sandbox/',
          '^src/money/',
          '^src/decision/',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'cards-know-answers-only',
      comment: 'A card is made from an answer, a reader and texts.',
      severity: 'error',
      from: { path: '^cards/' },
      to: { path: '^(bot|src)/', pathNot: ['^src/answers/', '^src/money/', '^src/decision/'] },
    },
    {
      name: 'product-code-does-not-import-tests',
      comment: 'A fake that a person needs to try the product lives in src/sandbox.',
      severity: 'error',
      from: { path: '^(bot|src|cards)/' },
      to: { path: '^(test|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
