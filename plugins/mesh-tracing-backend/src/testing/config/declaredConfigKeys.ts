import ts from 'typescript';
import type { ConfigKeys } from '../../config/configKeys';

/** What of a declared type tells what may stand there. */
function keysOf(type: ts.TypeNode): ConfigKeys {
  if (ts.isArrayTypeNode(type)) {
    return keysOf(type.elementType);
  }
  if (ts.isTypeReferenceNode(type)) {
    const [element] = type.typeArguments ?? [];
    return element ? keysOf(element) : 'duration';
  }
  if (ts.isUnionTypeNode(type)) {
    return type.types.some(ts.isTypeReferenceNode) ? 'duration' : 'value';
  }
  return ts.isTypeLiteralNode(type) ? keysOfMembers(type.members) : 'value';
}

function keysOfMembers(members: readonly ts.TypeElement[]): ConfigKeys {
  if (members.some(ts.isIndexSignatureDeclaration)) {
    return 'names';
  }
  return Object.fromEntries(
    members.filter(ts.isPropertySignature).map(({ name, type }) => {
      if (!type || !ts.isIdentifier(name)) {
        throw new Error(`A key without a type: ${name.getText()}`);
      }
      return [name.text, keysOf(type)];
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
  const config = source.statements.find(ts.isInterfaceDeclaration);
  const keys = keysOfMembers(config?.members ?? []);
  const { meshTracing = {} } = typeof keys === 'string' ? {} : keys;
  return meshTracing as Record<string, ConfigKeys>;
}
