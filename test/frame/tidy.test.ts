import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { projectFolder } from '../system/node-process.ts';
import { testsWithoutAssertion } from './assertions.ts';

const folders = ['.ci', 'appPackage', 'bench', 'bot', 'cards', 'docs', 'src', 'test'];
const texts = filesUnder(...folders).filter((path) => /\.(?:[cm]?[jt]s|json|md|lua|css|html)$/.test(path));
const tests = texts.filter((path) => path.startsWith('test/') && path.endsWith('.test.ts'));

describe('the tree is tidy', () => {
  it('every test asserts something', () => {
    assert.ok(tests.length > 20, 'the tests are found');
    assert.deepEqual(
      tests.flatMap((path) => testsWithoutAssertion(path).map((sentence) => `${path}: ${sentence}`)),
      [],
    );
  });

  it('the search for tests without an assertion finds one', () => {
    const found = testsWithoutAssertion(
      'planted.test.ts',
      "it('is planted', () => { helper(); }); function helper() {}",
    );
    assert.deepEqual(found, ['is planted']);
    const sound = testsWithoutAssertion(
      'planted.test.ts',
      "it('is sound', () => helper()); function helper() { assert.ok(true); }",
    );
    assert.deepEqual(sound, []);
  });

  it('no test is skipped, left alone or left for later', () => {
    const marks =
      /\b(?:it|describe|context|before|after)\.(?:only|skip)\b|\bx(?:it|describe)\(|\bthis\.skip\(/;
    const found = tests.filter((path) => marks.test(read(path)) && path !== 'test/frame/tidy.test.ts');
    assert.deepEqual(found, []);
  });

  it('nothing is left to be done by nobody', () => {
    // Spelled so that the search does not find itself.
    const marks = /\b(?:TO[D]O|FIX[M]E)\b/;
    assert.deepEqual(
      texts.filter((path) => !path.includes('/fixtures/') && marks.test(read(path))),
      [],
    );
  });

  it('the types are checked everywhere: nothing is any and no check is switched off', () => {
    const found = texts
      .filter((path) => /\.ts$/.test(path))
      .filter((path) => {
        const source = ts.createSourceFile(path, read(path), ts.ScriptTarget.ES2023);
        return hasAny(source) || /@ts-(?:ignore|nocheck|expect-error)/.test(commentsOf(path));
      })
      .filter((path) => path !== 'test/frame/tidy.test.ts');
    assert.deepEqual(found, []);
  });

  it('the lock file names no host that packages come from', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      readonly packages: Readonly<
        Record<string, { readonly resolved?: string; readonly integrity?: string }>
      >;
    };
    const installed = Object.entries(packages).filter(([path]) => path !== '');
    assert.deepEqual(
      installed.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path),
      [],
    );
    assert.deepEqual(
      installed.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path),
      [],
    );
  });
});

function hasAny(node: ts.Node): boolean {
  return (
    node.kind === ts.SyntaxKind.AnyKeyword ||
    (ts.forEachChild(node, (child) => hasAny(child) || undefined) ?? false)
  );
}

function commentsOf(path: string): string {
  return read(path)
    .split('\n')
    .filter((line) => /^\s*(?:\/\/|\/?\*)/.test(line))
    .join('\n');
}

function read(path: string): string {
  return readFileSync(join(projectFolder, path), 'utf8');
}

function filesUnder(...parts: readonly string[]): readonly string[] {
  return parts.flatMap((part) =>
    readdirSync(join(projectFolder, part), { withFileTypes: true }).flatMap((entry) => {
      const path = `${part}/${entry.name}`;
      return entry.isDirectory() ? filesUnder(path) : [path];
    }),
  );
}
