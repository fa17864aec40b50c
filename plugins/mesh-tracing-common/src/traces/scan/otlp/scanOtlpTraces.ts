import type { SpanTable } from '../../table/SpanTable';
import { buildSpanTable } from '../buildSpanTable';
import { ByteTexts } from '../ByteTexts';
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  JsonCursor,
  OddBodyError,
  OPEN_ARRAY,
  OPEN_OBJECT,
} from '../JsonCursor';
import { NameTable } from '../NameTable';
import { OtlpAttributes } from './OtlpAttributes';
import { OtlpSpans } from './OtlpSpans';
import { processTexts } from '../SenderResolver';
import { SpanAttributes } from '../SpanAttributes';

const enum Name {
  result = 1,
  resourceSpans,
  resource,
  scopeSpans,
  spans,
  attributes,
  error,
  /**
   * Names of older or other forms, whose bodies are left to the tolerant
   * reader.
   */
  odd,
}

const NAMES = new NameTable([
  ['result', Name.result],
  ['resourceSpans', Name.resourceSpans],
  ['resource', Name.resource],
  ['scopeSpans', Name.scopeSpans],
  ['spans', Name.spans],
  ['attributes', Name.attributes],
  ['error', Name.error],
  ['batches', Name.odd],
  ['instrumentationLibrarySpans', Name.odd],
]);

class OtlpScan {
  readonly #cursor: JsonCursor;
  readonly #texts: ByteTexts;
  readonly #attributes: SpanAttributes;
  readonly #reader: OtlpAttributes;
  readonly #spans: OtlpSpans;

  constructor(bytes: Uint8Array) {
    this.#cursor = new JsonCursor(bytes);
    this.#texts = new ByteTexts(bytes);
    this.#attributes = new SpanAttributes(this.#texts);
    this.#reader = new OtlpAttributes(
      this.#cursor,
      this.#texts,
      this.#attributes,
    );
    this.#spans = new OtlpSpans(
      this.#cursor,
      this.#texts,
      this.#attributes,
      this.#reader,
    );
  }

  read(): SpanTable {
    while (this.#cursor.peek() >= 0) {
      this.#readDocument(true);
    }
    return buildSpanTable({
      rows: this.#spans.rows,
      traceIds: this.#spans.traceIds.ids,
      texts: this.#texts,
      senders: this.#spans.senders,
      peers: this.#attributes.peers,
    });
  }

  #readDocument(mayBeWrapped: boolean): void {
    const cursor = this.#cursor;
    this.#object(name => {
      if (name === Name.result && mayBeWrapped) {
        if (cursor.peek() !== OPEN_OBJECT) {
          throw new OddBodyError();
        }
        this.#readDocument(false);
      } else if (name === Name.resourceSpans) {
        this.#array(() => this.#readResourceSpans());
      } else if (name === Name.error) {
        throw new OddBodyError();
      } else {
        cursor.skipValue();
      }
    });
  }

  /** Visits the members of an object. */
  #object(member: (name: number) => void): void {
    const cursor = this.#cursor;
    if (cursor.enter(OPEN_OBJECT, CLOSE_OBJECT)) {
      do {
        cursor.readKey();
        const name = NAMES.codeOf(cursor);
        if (name === Name.odd) {
          throw new OddBodyError();
        }
        member(name);
      } while (cursor.more(CLOSE_OBJECT));
    }
  }

  /** Visits the elements of an array; null is an empty one. */
  #array(element: () => void): void {
    const cursor = this.#cursor;
    if (cursor.enterUnlessNull(OPEN_ARRAY, CLOSE_ARRAY)) {
      do {
        element();
      } while (cursor.more(CLOSE_ARRAY));
    }
  }

  #readResourceSpans(): void {
    let hasSpans = false;
    this.#attributes.clear();
    this.#spans.process = undefined;
    this.#object(name => {
      if (name === Name.resource) {
        if (hasSpans || this.#spans.process) {
          throw new OddBodyError();
        }
        this.#object(inner => {
          if (inner === Name.attributes) {
            this.#reader.read();
          } else {
            this.#cursor.skipValue();
          }
        });
        this.#spans.process = processTexts(this.#attributes.values);
      } else if (name === Name.scopeSpans) {
        hasSpans = true;
        this.#array(() =>
          this.#object(inner => {
            if (inner === Name.spans) {
              this.#array(this.#spans.read);
            } else {
              this.#cursor.skipValue();
            }
          }),
        );
      } else {
        this.#cursor.skipValue();
      }
    });
  }
}

/**
 * Reads a body of Jaeger's v3 search straight into columns.
 *
 * @throws OddBodyError for anything but the plain form that Jaeger writes
 */
export function scanOtlpTraces(bytes: Uint8Array): SpanTable {
  return new OtlpScan(bytes).read();
}
