import { indexSpans, type SpanArrays } from '../model/indexSpans';
import type { Trace } from '../model/Trace';
import { arrangeSpans, type SpanForest } from './SpanForest';

/** A trace's spans as arrays, and how they are arranged. */
export interface ArrangedTrace extends SpanArrays {
  forest: SpanForest;
}

/** Arranges a trace once for all that is to be found in it. */
export function arrangeTrace(trace: Trace): ArrangedTrace {
  const arrays = indexSpans(trace);
  return { ...arrays, forest: arrangeSpans(arrays.starts, arrays.parents) };
}
