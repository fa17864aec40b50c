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
const NOT_SHIPPED =
  /\.test\.tsx?$|\/(?:__testUtils__|testing)\/|\/setupTests\.ts$/;

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

interface SourceNode {
  node: ts.Node;
  source: ts.SourceFile;
  at: string;
}

/** Every node of the product's sources, with its place. */
function* sourceNodes(): Generator<SourceNode> {
  for (const file of sourceFiles()) {
    const text = readFileSync(`${REPOSITORY}/${file}`, 'utf8');
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022);
    const pending: ts.Node[] = [source];
    for (let node = pending.pop(); node; node = pending.pop()) {
      const { line } = source.getLineAndCharacterOfPosition(node.end);
      yield { node, source, at: `${file}:${line + 1}` };
      ts.forEachChild(node, child => void pending.push(child));
    }
  }
}

/** The text of an expression that is made of constants of its file only. */
function constantText(
  node: ts.Node | undefined,
  source: ts.SourceFile,
): string | undefined {
  if (!node) {
    return undefined;
  }
  if (ts.isStringLiteralLike(node)) {
    return node.text;
  }
  if (ts.isIdentifier(node)) {
    const constant = source.statements
      .filter(ts.isVariableStatement)
      .filter(({ declarationList: { flags } }) => flags & ts.NodeFlags.Const)
      .flatMap(({ declarationList }) => [...declarationList.declarations])
      .find(({ name }) => ts.isIdentifier(name) && name.text === node.text);
    return constantText(constant?.initializer, source);
  }
  if (!ts.isTemplateExpression(node)) {
    return undefined;
  }
  const rest = node.templateSpans.map(({ expression, literal }) => {
    const text = constantText(expression, source);
    return text === undefined ? undefined : text + literal.text;
  });
  return rest.includes(undefined) ? undefined : node.head.text + rest.join('');
}

function isConstructor(
  node: ts.Node,
): node is ts.NewExpression | ts.CallExpression {
  return (
    (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'RegExp'
  );
}

/** The pattern that stands in a node; undefined where none does, or none that is constant. */
function patternOf({ node, source }: SourceNode): RegExp | undefined {
  if (ts.isRegularExpressionLiteral(node)) {
    const end = node.text.lastIndexOf('/');
    return new RegExp(node.text.slice(1, end), node.text.slice(end + 1));
  }
  if (!isConstructor(node)) {
    return undefined;
  }
  const [pattern, flags] = node.arguments ?? [];
  const text = constantText(pattern, source);
  const flagsText = flags ? constantText(flags, source) : '';
  return text === undefined || flagsText === undefined
    ? undefined
    : new RegExp(text, flagsText);
}

/** Every pattern that stands in the product's sources. */
export function sourcePatterns(): SourcePattern[] {
  return [...sourceNodes()].flatMap(found => {
    const pattern = patternOf(found);
    return pattern ? [{ at: found.at, pattern }] : [];
  });
}

/** Where the product makes patterns of what comes while it runs, which nobody can try before. */
export function constructedPatterns(): string[] {
  return [...sourceNodes()].flatMap(found =>
    isConstructor(found.node) && !patternOf(found) ? [found.at] : [],
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
