import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import ajvFormats from 'ajv-formats';
import { strFromU8, unzipSync } from 'fflate';
import { z } from 'zod';
import { appPackageFiles, ClientIdInvalid, zipped } from '../../appPackage/app-package.ts';
import { understand } from '../../src/language/understand.ts';
import { currency } from '../../src/money/currency.ts';
import { readPng } from './png.ts';

const clientId = '5c7f0f6e-2f8e-4a4c-9a58-0d7c4d3b2a10';
const files = appPackageFiles(clientId);

/** What is looked at of a manifest, beyond what the schema says of all of it. */
const manifestSchema = z.object({
  version: z.string(),
  name: z.object({ short: z.string(), full: z.string() }),
  description: z.object({ short: z.string(), full: z.string() }),
  bots: z.tuple([
    z.object({
      botId: z.string(),
      scopes: z.array(z.string()),
      commandLists: z.array(
        z.object({
          scopes: z.array(z.string()),
          commands: z.array(z.object({ title: z.string(), description: z.string() })),
        }),
      ),
    }),
  ]),
  validDomains: z.array(z.string()),
  webApplicationInfo: z.object({ id: z.string() }),
  developer: z.object({ websiteUrl: z.string(), privacyUrl: z.string(), termsOfUseUrl: z.string() }),
});

const manifest = manifestSchema.parse(json('manifest.json'));
const korean = z.record(z.string()).parse(json('ko.json'));
const [bot] = manifest.bots;

describe('the app package', () => {
  it('has a manifest as its schema wants it', () => {
    const isValid = schema('manifest.v1.30.schema.json');

    assert.ok(isValid(json('manifest.json')), JSON.stringify(isValid.errors));
  });

  it('has Korean texts as their schema wants them', () => {
    const isValid = schema('localization.schema.json');

    assert.ok(isValid(json('ko.json')), JSON.stringify(isValid.errors));
  });

  it('names the bot that it was made for, and leaves no place unfilled', () => {
    assert.equal(bot.botId, clientId);
    assert.equal(manifest.webApplicationInfo.id, clientId);
    assert.doesNotMatch(text('manifest.json'), /\$\{\{/);
  });

  it('has the version of the product', () => {
    const { version } = z.object({ version: z.string() }).parse(readJson('../../package.json'));

    assert.equal(manifest.version, version);
  });

  it('says in both languages the same: every text of the manifest and nothing else is translated', () => {
    const english = [
      'name.short',
      'name.full',
      'description.short',
      'description.full',
      ...bot.commandLists.flatMap(({ commands }, list) =>
        commands.flatMap((_, index) =>
          ['title', 'description'].map((key) => `bots[0].commandLists[${list}].commands[${index}].${key}`),
        ),
      ),
    ];

    assert.deepEqual(
      Object.keys(korean).filter((key) => key !== '$schema'),
      english,
    );
  });

  it('is named after its publisher, and not after a product of Microsoft or a feature of it', () => {
    const names = [manifest.name.short, manifest.name.full, korean['name.short'], korean['name.full']];

    for (const name of names) {
      assert.match(name ?? '', /^Ledgerline /);
      assert.doesNotMatch(
        name ?? '',
        /teams|microsoft|office|365|\b(app|bot|chat|calls?|help)\b|팀즈|통화|채팅/i,
      );
    }
  });

  it('tells in both languages that an administrator must approve it once', () => {
    assert.match(manifest.description.full, /administrator of your organisation must approve this app once/);
    assert.match(korean['description.full'] ?? '', /조직의 관리자가 이 앱을 한 번 승인해야 합니다/);
  });

  it('offers in every scope the same commands, ten at most and short', () => {
    for (const scope of bot.scopes) {
      const lists = bot.commandLists.filter(({ scopes }) => scopes.includes(scope));
      assert.deepEqual(lists.length, 1, scope);
      assert.deepEqual(lists[0]?.commands, bot.commandLists[0]?.commands);
    }
    const commands = bot.commandLists[0]?.commands ?? [];
    assert.ok(commands.length > 0 && commands.length <= 10);
    for (const { title, description } of commands) {
      assert.ok(title.length <= 32 && description.length <= 128, title);
    }
  });

  const commands = [
    { english: 'Balance', korean: '잔액', intent: 'balance' },
    { english: 'Check the balance', korean: '잔액 비교', intent: 'balance' },
    { english: 'Language', korean: '언어', intent: 'language' },
    { english: 'Help', korean: '도움말', intent: 'help' },
  ] as const;

  it('offers what help lists, and help itself', () => {
    const titles = bot.commandLists[0]?.commands.map(({ title }) => title);
    const koreanTitles = commands.map(
      (_, index) => korean[`bots[0].commandLists[0].commands[${index}].title`],
    );

    assert.deepEqual(
      titles,
      commands.map(({ english }) => english),
    );
    assert.deepEqual(
      koreanTitles,
      commands.map((command) => command.korean),
    );
  });

  for (const command of commands) {
    it(`offers "${command.english}" and "${command.korean}", which the bot understands as typed`, () => {
      assert.equal(intentOf(command.english), command.intent);
      assert.equal(intentOf(command.korean), command.intent);
    });
  }

  it('opens no domain, and sends people to encrypted pages of the publisher alone', () => {
    const { websiteUrl, privacyUrl, termsOfUseUrl } = manifest.developer;

    assert.deepEqual(manifest.validDomains, []);
    for (const url of [websiteUrl, privacyUrl, termsOfUseUrl]) {
      assert.equal(new URL(url).origin, 'https://ledgerline.example');
    }
  });

  it('has a coloured icon of 192 × 192 without holes', () => {
    const { width, height, pixels } = readPng(file('color.png'));

    assert.deepEqual([width, height], [192, 192]);
    assert.ok(pixels.every(([, , , opacity]) => opacity === 255));
    assert.ok(new Set(pixels.map(String)).size > 2);
  });

  it('has an outline icon of 32 × 32, white on nothing', () => {
    const { width, height, pixels } = readPng(file('outline.png'));

    assert.deepEqual([width, height], [32, 32]);
    assert.ok(pixels.some(([, , , opacity]) => opacity === 0));
    const visible = pixels.filter(([, , , opacity]) => opacity > 0);
    assert.ok(visible.length > 100);
    assert.ok(visible.every(([red, green, blue]) => Math.min(red, green, blue) >= 250));
  });

  it('is one ZIP with all that the manifest names, without folders', () => {
    const inside = unzipSync(zipped(files));

    assert.deepEqual(Object.keys(inside), ['manifest.json', 'ko.json', 'color.png', 'outline.png']);
    assert.equal(strFromU8(inside['manifest.json'] ?? new Uint8Array()), text('manifest.json'));
  });

  it('is made twice the same', () => {
    assert.deepEqual(zipped(appPackageFiles(clientId)), zipped(files));
  });

  for (const wrong of [undefined, '', 'credits-bot', `${clientId}0`]) {
    it(`is not made for ${JSON.stringify(wrong) ?? 'a bot that is not named'}`, () => {
      assert.throws(() => appPackageFiles(wrong), ClientIdInvalid);
    });
  }
});

function file(name: string): Uint8Array {
  return files[name] ?? new Uint8Array();
}

function text(name: string): string {
  return strFromU8(file(name));
}

function json(name: string): unknown {
  return JSON.parse(text(name));
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
}

/** The schemas are of draft 4 and use nothing that draft 7 reads in another way. */
function schema(name: string): ValidateFunction {
  const { $schema: _, ...rules } = z
    .record(z.unknown())
    .parse(readJson(`fixtures/teams-manifest-schema/${name}`));
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  ajvFormats.default(ajv);
  return ajv.compile(rules);
}

function intentOf(command: string): string {
  const of = currency('USD');
  assert.ok(of !== null);
  const context = { locale: 'en-US', timeZone: 'UTC', now: Date.UTC(2026, 10, 24), currency: of };
  return understand(command, context).question.intent;
}
