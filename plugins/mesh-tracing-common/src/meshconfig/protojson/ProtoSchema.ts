/** A field of a message. */
export interface ProtoField {
  /**
   * Place among the fields of the message: of several fields of a oneof the
   * last one counts.
   */
  index: number;
  jsonName: string;
  /** A scalar, a well-known type, or a message or enum of the schema. */
  type: string;
  kind: 'single' | 'list' | 'map';
  oneOf?: string;
}

/**
 * Fields by each of the two names that Istio's JSON reader accepts, in
 * camelCase and in snake_case.
 */
export type ProtoMessage = ReadonlyMap<string, ProtoField>;

const FIELD = /^(\w+):([\w.]+)(\[\]|\{\})?(?:\|(\w+))?$/;
const KINDS = { '[]': 'list', '{}': 'map' } as const;

/** Messages and enums of Istio's API, read from lines of text. */
export class ProtoSchema {
  readonly #messages = new Map<string, ProtoMessage>();
  readonly #enums = new Map<string, ReadonlyMap<string, number>>();

  /**
   * @param lines - as `MESH_CONFIG_SCHEMA` has them
   * @throws Error for a line that is none of them
   */
  static create(lines: string): ProtoSchema {
    const schema = new ProtoSchema();
    for (const line of lines.trim().split('\n')) {
      const [what, name = '', ...words] = line.split(' ');
      if (what === 'message') schema.#messages.set(name, readMessage(words));
      else if (what === 'enum') schema.#enums.set(name, readEnum(words));
      else throw new Error(`'${what}' is neither a message nor an enum`);
    }
    return schema;
  }

  private constructor() {}

  message(type: string): ProtoMessage | undefined {
    return this.#messages.get(type);
  }

  /**
   * The numbers of an enum by their names; undefined for a type that is none.
   */
  enum(type: string): ReadonlyMap<string, number> | undefined {
    return this.#enums.get(type);
  }
}

function readMessage(words: string[]): ProtoMessage {
  const fields = new Map<string, ProtoField>();
  words.forEach((word, index) => {
    const match = FIELD.exec(word);
    if (!match) throw new Error(`'${word}' is not a field`);
    const [, name = '', type = '', suffix, oneOf] = match;
    const field: ProtoField = {
      index,
      jsonName: jsonNameOf(name),
      type,
      kind: suffix ? KINDS[suffix as keyof typeof KINDS] : 'single',
      ...(oneOf ? { oneOf } : {}),
    };
    fields.set(name, field);
    fields.set(field.jsonName, field);
  });
  return fields;
}

function jsonNameOf(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

function readEnum(words: string[]): ReadonlyMap<string, number> {
  return new Map(
    words.map(word => {
      const [name = '', number] = word.split('=');
      return [name, Number(number)] as const;
    }),
  );
}
