import { lengthOf, LEAST_MS, totalLength } from './ReadIntervals';
import type { SampleFacts, SampleStratum } from './SampleStratum';

/** Whether all of a part was read, so that its figures are exact. */
export function isWhole(stratum: SampleStratum): boolean {
  const unreadMs = lengthOf(stratum) - totalLength(stratum.read);
  return unreadMs < LEAST_MS * (1 + stratum.read.length);
}

/** What a sample tells, from the traces that were counted in each of its parts. */
export function sampleFactsOf(
  counted: Array<{ stratum: SampleStratum; traceCount: number }>,
  told: Pick<SampleFacts, 'level' | 'canRefine'>,
): SampleFacts {
  let [windowMs, readMs, read, estimated] = [0, 0, 0, 0];
  for (const { stratum, traceCount } of counted) {
    const stratumMs = lengthOf(stratum);
    const stratumReadMs = totalLength(stratum.read);
    windowMs += stratumMs;
    readMs += stratumReadMs;
    read += traceCount;
    estimated +=
      stratumReadMs > 0 ? (traceCount * stratumMs) / stratumReadMs : 0;
  }
  const wholeSliceCount = counted.filter(one => isWhole(one.stratum)).length;
  const isExact = wholeSliceCount === counted.length;
  return {
    level: told.level,
    isExact,
    sliceCount: counted.length,
    wholeSliceCount,
    unreadSliceCount: counted.filter(one => one.stratum.read.length === 0)
      .length,
    readTraceCount: Math.round(read),
    estimatedTraceCount: Math.round(estimated),
    readShare: windowMs > 0 ? Math.min(1, readMs / windowMs) : 1,
    canRefine: told.canRefine && !isExact,
  };
}
