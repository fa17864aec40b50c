/** A field as Istio's API declares it. */
export interface DeclaredField {
  /** The two names that a text may use. */
  names: readonly [json: string, proto: string];
  type: string;
  kind: 'single' | 'list' | 'map';
  /**
   * True for a field of a oneof, which says something even where it is zero.
   */
  choice: boolean;
}

/** Messages and enums of Istio's API, as the mesh reader prints them. */
export interface Declarations {
  messages: ReadonlyMap<string, readonly DeclaredField[]>;
  enums: ReadonlyMap<string, readonly string[]>;
  /** Names of the zero of enums, by the fields that have them. */
  zeros: ReadonlyMap<string, ReadonlySet<unknown>>;
}

/** Reads what `meshreader schema` prints. */
export function readDeclarations(schema: string): Declarations {
  const lines = schema
    .trim()
    .split('\n')
    .map(line => line.split(' '));
  const of = (wanted: string) => lines.filter(([what]) => what === wanted);
  const messages = new Map(
    of('message').map(([, name = '', ...fields]) => [
      name,
      fields.map(declaredField),
    ]),
  );
  const enums = new Map(
    of('enum').map(([, name = '', ...values]) => [
      name,
      values.map(value => value.split('=')[0] ?? ''),
    ]),
  );
  return { messages, enums, zeros: zerosOf(messages, enums) };
}

function zerosOf(
  messages: Declarations['messages'],
  enums: Declarations['enums'],
): Declarations['zeros'] {
  const zeros = new Map<string, Set<unknown>>();
  for (const { names, type, choice } of [...messages.values()].flat()) {
    const [json] = names;
    // Istio declares the zero of each enum first.
    const zero = enums.get(type)?.[0];
    if (zero && !choice)
      zeros.set(json, new Set([...(zeros.get(json) ?? []), zero]));
  }
  return zeros;
}

function declaredField(word: string): DeclaredField {
  const [proto = '', declared = ''] = word.split(':');
  const [type = ''] = declared.split('|');
  const json = proto
    .split('_')
    .map((part, i) =>
      i === 0 ? part : `${part.charAt(0).toUpperCase()}${part.slice(1)}`,
    )
    .join('');
  const plain = type.replace(/(\[\]|\{\})$/, '');
  return {
    names: [json, proto],
    type: plain,
    kind: singleListOrMap(type),
    choice: declared.includes('|'),
  };
}

function singleListOrMap(type: string): DeclaredField['kind'] {
  if (type.endsWith('[]')) return 'list';
  return type.endsWith('{}') ? 'map' : 'single';
}
