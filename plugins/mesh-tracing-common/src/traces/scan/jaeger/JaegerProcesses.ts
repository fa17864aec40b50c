import { SERVICE_NAME_SLOT } from '../attributeCodes';
import type { ByteTexts } from '../ByteTexts';
import type { JaegerTags } from './JaegerTags';
import { CLOSE_OBJECT, OPEN_OBJECT, type JsonCursor } from '../JsonCursor';
import { NameTable } from '../NameTable';
import { processTexts, type ProcessTexts } from '../SenderResolver';
import { NO_TEXT } from '../SpanAttributes';

const enum Name {
  serviceName = 1,
  tags,
}

const NAMES = new NameTable([
  ['serviceName', Name.serviceName],
  ['tags', Name.tags],
]);

/** The processes of a trace, by the index of the text that is their key. */
export class JaegerProcesses {
  #byKey = new Map<number, ProcessTexts>();

  constructor(
    readonly cursor: JsonCursor,
    readonly texts: ByteTexts,
    readonly tags: JaegerTags,
  ) {}

  /** Begins a trace. */
  clear(): void {
    this.#byKey = new Map();
  }

  get(key: number): ProcessTexts | undefined {
    return this.#byKey.get(key);
  }

  read(): void {
    const { cursor } = this;
    if (cursor.enterUnlessNull(OPEN_OBJECT, CLOSE_OBJECT)) {
      do {
        cursor.readKey();
        const key = this.texts.indexOf(cursor);
        this.#byKey.set(key, this.#readProcess());
      } while (cursor.more(CLOSE_OBJECT));
    }
  }

  #readProcess(): ProcessTexts {
    const { cursor } = this;
    const { attributes } = this.tags;
    let service = NO_TEXT;
    attributes.clear();
    if (cursor.enter(OPEN_OBJECT, CLOSE_OBJECT)) {
      do {
        cursor.readKey();
        const name = NAMES.codeOf(cursor);
        if (name === Name.serviceName) {
          cursor.readString();
          service = this.texts.indexOf(cursor);
        } else if (name === Name.tags) {
          this.tags.read();
        } else {
          cursor.skipValue();
        }
      } while (cursor.more(CLOSE_OBJECT));
    }
    const process = processTexts(attributes.values);
    process.values[SERVICE_NAME_SLOT] = service;
    return process;
  }
}
