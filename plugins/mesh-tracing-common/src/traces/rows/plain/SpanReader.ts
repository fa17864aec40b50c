import type { PlainSpan } from './PlainSpan';

/** Reads spans of one format that are written in the plain form of their store. */
export interface SpanReader {
  readonly span: PlainSpan;
  /**
   * Reads the span that begins at a position of the body, and writes its attributes.
   *
   * @param traceId - that it must be of, normalised
   * @returns where it ends
   * @throws OddBodyError for what only the tolerant reader understands
   */
  read(position: number, traceId: string): number;
}
