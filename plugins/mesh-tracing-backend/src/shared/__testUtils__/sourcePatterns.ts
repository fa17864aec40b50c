import { readFileSync, readdirSync } from 'node:fs';
import { createOpenApiDocument } from 'backstage-plugin-mesh-tracing-common';
import ts from 'typescript';
import { REPOSITORY } from './citedTests';

/** A regular expression of the product, and where it stands. */
export interface SourcePattern {
  /** `file:line` from the root of the repository, or the place in the contract. */
  at: string;
  pattern: RegExp;
}

/** What a folder holds that is not shipped. */
const NOT_SHIPPED = /\.test\.tsx?$|\/__testUtils__\/|\/setupTests\.ts$/;

function sourceFiles(): string[] {
  return ['plugins', 'packages']
    .flatMap(folder =>
      readdirSync(`${REPOSITORY}/${folder}`).map(
        name => `${folder}/${name}/src`,
      ),
    )
    .flatMap(folder =>
      readdirSync(`${REPOSITORY}/${folder}`, {
        recursive: true,
        encoding: 'utf8',
      }).map(file => `${folder}/${file}`),
    )
    .filter(file => /\.tsx?$/.test(file) && !NOT_SHIPPED.test(file))
    .sort();
}

/** Every node of the product's sources, with its place. */
function* sourceNodes(): Generator<{ node: ts.Node; at: string }> {
  for (const file of sourceFiles()) {
    const text = readFileSync(`${REPOSITORY}/${file}`, 'utf8');
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022);
    const pending: ts.Node[] = [source];
    for (let node = pending.pop(); node; node = pending.pop()) {
      const { line } = source.getLineAndCharacterOfPosition(node.end);
      yield { node, at: `${file}:${line + 1}` };
      ts.forEachChild(node, child => void pending.push(child));
    }
  }
}

function isConstructor(node: ts.Node): boolean {
  return (
    (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'RegExp'
  );
}

/** Every pattern that stands in the product's sources. */
export function sourcePatterns(): SourcePattern[] {
  return [...sourceNodes()].flatMap(({ node, at }) => {
    if (!ts.isRegularExpressionLiteral(node)) {
      return [];
    }
    const end = node.text.lastIndexOf('/');
    const [source, flags] = [node.text.slice(1, end), node.text.slice(end + 1)];
    return [{ at, pattern: new RegExp(source, flags) }];
  });
}

/** Where the product makes patterns while it runs, which nobody can try before. */
export function constructedPatterns(): string[] {
  return [...sourceNodes()].flatMap(({ node, at }) =>
    isConstructor(node) ? [at] : [],
  );
}

/** Every pattern by which the HTTP contract judges requests. */
export function contractPatterns(): SourcePattern[] {
  const found = new Map<string, SourcePattern>();
  const collect = (value: unknown, at: string): void => {
    if (typeof value !== 'object' || value === null) {
      return;
    }
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'pattern' && typeof inner === 'string') {
        found.set(inner, { at, pattern: new RegExp(inner, 'u') });
      }
      collect(inner, `${at}/${key}`);
    }
  };
  collect(createOpenApiDocument().paths, 'openapi.json');
  return [...found.values()];
}
