import { spanKindOf, SPAN_KINDS } from '../../model/spanKind';
import type { ByteTexts } from '../ByteTexts';
import { QUOTE, type JsonCursor } from '../JsonCursor';

/** A span's kind, by name or number, as its index in `SPAN_KINDS`. */
export function readOtlpKind(cursor: JsonCursor, texts: ByteTexts): number {
  if (cursor.peek() === QUOTE) {
    cursor.readString();
    const text = texts.text(texts.indexOf(cursor));
    return SPAN_KINDS.indexOf(spanKindOf(text));
  }
  const kind = cursor.readInteger();
  return kind < SPAN_KINDS.length ? kind : 0;
}
