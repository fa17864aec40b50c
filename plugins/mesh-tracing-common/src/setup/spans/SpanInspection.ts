import type { ValueShape } from './valueShape';

/** What the spans of a sample tell of one tag. Its values are not here. @public */
export interface TagCounts {
  /** Name of the tag. */
  key: string;
  /** Spans that have it. */
  spanCount: number;
  /**
   * Numbers that stand for its distinct values, no more than `MOST_DISTINCT`. They
   * are made with a secret of the process, and tell nothing outside of it.
   */
  distinct: number[];
  /** Spans whose value has a telling shape. */
  shapes: Partial<Record<ValueShape, number>>;
  /** Length of its name and values, bytes as far as ASCII. */
  byteCount: number;
}

/** When spans of a trace service name were seen. @public */
export interface NameSighting {
  name: string;
  spanCount: number;
  /** Start of the first and of the last span, milliseconds since the epoch. */
  firstMs: number;
  lastMs: number;
}

/** What the spans of an entity in some traces of a window are like. @public */
export interface SpanInspection {
  traceCount: number;
  /** Spans of the entity. */
  spanCount: number;
  /** About what a store is sent for these, bytes. */
  byteCount: number;
  /** Spans that stand for a request that the entity took. */
  requestCount: number;
  /** Of these, health checks. */
  healthCheckCount: number;
  /** Most frequent first, no more than `MOST_TAGS`. */
  tags: TagCounts[];
  /** False where there were more tags than are counted. */
  hasAllTags: boolean;
  names: NameSighting[];
  /** Longest trace, milliseconds. */
  longestTraceMs: number;
}

/** Values of one tag that are told apart; more are as many as these. */
export const MOST_DISTINCT = 1_000;
/** Tags that are counted. Names of tags can be as many as their values. */
export const MOST_TAGS = 200;

/** Before a trace is looked at. @public */
export function emptyInspection(): SpanInspection {
  return {
    traceCount: 0,
    spanCount: 0,
    byteCount: 0,
    requestCount: 0,
    healthCheckCount: 0,
    tags: [],
    hasAllTags: true,
    names: [],
    longestTraceMs: 0,
  };
}
