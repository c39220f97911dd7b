import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { projectFolder } from '../system/node-process.ts';

/** The sentences of the tests in a file that assert nothing, neither themselves nor through what they call. */
export function testsWithoutAssertion(path: string, text: string = read(path)): readonly string[] {
  const source = parse(path, text);
  const functions = assertingFunctions(path, source);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTest(node) && !asserts(node, functions)) {
      found.push(sentenceOf(node));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
}

function read(path: string): string {
  return readFileSync(join(projectFolder, path), 'utf8');
}

function isTest({ expression }: ts.CallExpression): boolean {
  return ts.isIdentifier(expression) && expression.text === 'it';
}

function sentenceOf({ arguments: [sentence] }: ts.CallExpression): string {
  if (sentence === undefined) return '';
  return ts.isStringLiteralLike(sentence) ? sentence.text : sentence.getText();
}

/** Names of the functions of a file, its own and those that it imports from beside it, that come to an assertion. */
function assertingFunctions(path: string, source: ts.SourceFile): ReadonlySet<string> {
  const bodies = new Map<string, ts.Node>();
  const names = new Set<string>(importedAsserting(path, source));
  const collect = (node: ts.Node): void => {
    if (ts.isFunctionDeclaration(node) && node.name) bodies.set(node.name.text, node);
    if (ts.isMethodDeclaration(node) && ts.isIdentifier(node.name)) bodies.set(node.name.text, node);
    const isNamed = ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node);
    if (isNamed && ts.isIdentifier(node.name) && node.initializer)
      bodies.set(node.name.text, node.initializer);
    ts.forEachChild(node, collect);
  };
  collect(source);
  for (let size = -1; size !== names.size; ) {
    size = names.size;
    for (const [name, body] of bodies) if (asserts(body, names)) names.add(name);
  }
  return names;
}

function importedAsserting(path: string, source: ts.SourceFile): readonly string[] {
  return source.statements.filter(ts.isImportDeclaration).flatMap((statement) => {
    const { moduleSpecifier, importClause } = statement;
    if (!ts.isStringLiteral(moduleSpecifier) || !moduleSpecifier.text.startsWith('.')) return [];
    const target = join(dirname(path), moduleSpecifier.text);
    const isOfTests = target.startsWith('test/') && target.endsWith('.ts');
    if (!isOfTests || !existsSync(join(projectFolder, target))) return [];
    const asserting = assertingFunctions(target, parse(target, read(target)));
    const bindings = importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) return [];
    return bindings.elements
      .filter(({ propertyName, name }) => asserting.has((propertyName ?? name).text))
      .map(({ name }) => name.text);
  });
}

/** Whether a piece of code names an assertion, or calls something that does. */
function asserts(node: ts.Node, functions: ReadonlySet<string>): boolean {
  if (ts.isIdentifier(node) && (node.text === 'assert' || functions.has(node.text))) return true;
  return ts.forEachChild(node, (child) => asserts(child, functions) || undefined) ?? false;
}
