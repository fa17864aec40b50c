import type { WeighedTraces } from '../traces';
import { SampleDesign } from './SampleDesign';

/** Of what the traces of a table are a sample, for those who collect figures of it. */
export interface TableSample {
  design: SampleDesign;
  /** Of each slice of the series by itself. */
  sliceDesign: (least: { count: number; share: number }) => SampleDesign;
  /** By slice of the series, whether anything of it was read. */
  isSliceRead: boolean[];
  /** Index of its trace by span. */
  traceOf: Int32Array;
}

/** Undefined where the traces are all there are. */
export function tableSampleOf(
  weighed: WeighedTraces | undefined,
  traceOf: () => Int32Array,
): TableSample | undefined {
  const { weights, sliceWeights } = weighed ?? {};
  return weighed && weights && sliceWeights
    ? {
        design: new SampleDesign(weights),
        sliceDesign: least => new SampleDesign(sliceWeights, least),
        isSliceRead: weighed.isSliceRead,
        traceOf: traceOf(),
      }
    : undefined;
}
