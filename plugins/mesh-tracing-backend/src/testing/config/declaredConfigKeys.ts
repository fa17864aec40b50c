import ts from 'typescript';
import type { ConfigKeys } from '../../config/configKeys';

/** The interfaces of a file, by their names. */
type Interfaces = ReadonlyMap<string, ts.InterfaceDeclaration>;

/** What of a declared type tells what may stand there. */
function keysOf(type: ts.TypeNode, interfaces: Interfaces): ConfigKeys {
  if (ts.isArrayTypeNode(type)) {
    return keysOf(type.elementType, interfaces);
  }
  if (ts.isTypeReferenceNode(type)) {
    const declared = interfaces.get(type.typeName.getText());
    if (declared) {
      return keysOfInterface(declared, interfaces);
    }
    const [element] = type.typeArguments ?? [];
    return element ? keysOf(element, interfaces) : 'duration';
  }
  if (ts.isUnionTypeNode(type)) {
    return type.types.some(ts.isTypeReferenceNode) ? 'duration' : 'value';
  }
  return ts.isTypeLiteralNode(type)
    ? keysOfMembers(type.members, interfaces)
    : 'value';
}

/** The keys of an interface, with those of the ones that it extends. */
function keysOfInterface(
  { heritageClauses, members }: ts.InterfaceDeclaration,
  interfaces: Interfaces,
): ConfigKeys {
  const bases = heritageClauses?.flatMap(({ types }) => types) ?? [];
  return Object.assign(
    {},
    ...bases.map(({ expression }) => {
      const base = interfaces.get(expression.getText());
      if (!base) {
        throw new Error(`Declared elsewhere: ${expression.getText()}`);
      }
      return keysOfInterface(base, interfaces);
    }),
    keysOfMembers(members, interfaces),
  );
}

function keysOfMembers(
  members: readonly ts.TypeElement[],
  interfaces: Interfaces,
): ConfigKeys {
  if (members.some(ts.isIndexSignatureDeclaration)) {
    return 'names';
  }
  return Object.fromEntries(
    members.filter(ts.isPropertySignature).map(({ name, type }) => {
      if (!type || !ts.isIdentifier(name)) {
        throw new Error(`A key without a type: ${name.getText()}`);
      }
      return [name.text, keysOf(type, interfaces)];
    }),
  );
}

/** The keys below `meshTracing` that the text of a `config.d.ts` declares. */
export function declaredConfigKeys(text: string): Record<string, ConfigKeys> {
  const source = ts.createSourceFile(
    'config.d.ts',
    text,
    ts.ScriptTarget.ES2022,
    true,
  );
  const interfaces = new Map(
    source.statements
      .filter(ts.isInterfaceDeclaration)
      .map(declared => [declared.name.text, declared]),
  );
  const config = interfaces.get('Config');
  const keys = config ? keysOfInterface(config, interfaces) : {};
  const { meshTracing = {} } = typeof keys === 'string' ? {} : keys;
  return meshTracing as Record<string, ConfigKeys>;
}
