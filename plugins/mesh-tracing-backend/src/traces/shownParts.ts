import {
  WITHHELD_DETAILS,
  type Span,
  type SpanRows,
  type TraceCut,
  type TraceHead,
  type TraceInsights,
} from 'backstage-plugin-mesh-tracing-common';
import type { TraceReading } from 'backstage-plugin-mesh-tracing-node';
import { redactInsights } from './redactInsights';

/** A trace as its reader may see it, span by span. */
export interface TraceAnswer {
  entityRef: string;
  store: string;
  traceUrl: string | undefined;
  cut: TraceCut | undefined;
  head: Omit<TraceHead, 'senders'>;
  /** Spans, in the order of the trace, then what they tell. */
  parts(): AsyncIterable<ShownSpans | ShownInsights>;
}

/** Some spans. */
export interface ShownSpans {
  /** JSON: objects with commas between. */
  json: Buffer;
  /** Of those that belong to the entity. */
  entitySpanIds: string[];
}

/** What all spans tell. */
export interface ShownInsights {
  insights: TraceInsights;
}

/** Each row's JSON begins with its id. */
const BEFORE_ID = '{"spanId":"'.length;
const QUOTE = 34;
const WITHHELD = Buffer.from(WITHHELD_DETAILS);
const COMMA = Buffer.from(',');

/** Spans as a reader may see them, then what these tell. */
export async function* shownParts(shown: {
  reading: TraceReading;
  /** For each sender 1 if its spans are the entity's. */
  isOwn: Uint8Array;
  /** For each sender 1 if its spans' details are withheld; undefined: none. */
  withheld: Uint8Array | undefined;
}): AsyncGenerator<ShownSpans | ShownInsights> {
  const { reading, isOwn, withheld } = shown;
  const spans: Span[] = [];
  for await (const rows of reading.rows()) {
    const json = withheld ? withoutDetails(rows, withheld) : bufferOf(rows);
    if (withheld) {
      spans.push(...(JSON.parse(`[${json}]`) as Span[]));
    }
    yield { json, entitySpanIds: ownIds(rows, isOwn) };
  }
  const insights = await reading.insights();
  const { traceId, startTimeUs, durationUs, warnings } = reading.head;
  const trace = { traceId, startTimeUs, durationUs, warnings, spans };
  yield { insights: redactInsights(trace, insights) };
}

function bufferOf({ bytes }: SpanRows): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

function withoutDetails(rows: SpanRows, withheld: Uint8Array): Buffer {
  const { starts, details, senderOf } = rows;
  const all = bufferOf(rows);
  const parts: Buffer[] = [];
  senderOf.forEach((sender, span) => {
    const start = starts[span] as number;
    if (span > 0) {
      parts.push(COMMA);
    }
    if (withheld[sender]) {
      parts.push(all.subarray(start, details[span]), WITHHELD);
    } else {
      parts.push(all.subarray(start, (starts[span + 1] as number) - 1));
    }
  });
  return Buffer.concat(parts);
}

function ownIds(rows: SpanRows, isOwn: Uint8Array): string[] {
  const all = bufferOf(rows);
  return Array.from(rows.starts.subarray(0, -1))
    .filter((_, span) => isOwn[rows.senderOf[span] as number])
    .map(start => {
      const from = start + BEFORE_ID;
      return all.toString('latin1', from, all.indexOf(QUOTE, from));
    });
}
