import type { SampleFacts } from 'backstage-plugin-mesh-tracing-common';
import type { TraceCoverage } from 'backstage-plugin-mesh-tracing-node';

/** What part of the window an answer holds, in full sentences. */
export function describeCoverage(
  coverage: TraceCoverage,
  sample?: SampleFacts,
): string {
  const { fetchedCount, belongingCount, filteredHere, failures } = coverage;
  return [
    ...extentOf(coverage, sample),
    ...(belongingCount !== undefined && belongingCount < fetchedCount
      ? [
          `${belongingCount} of ${fetchedCount} traces read belong to this entity; the others share a service name with it.`,
        ]
      : []),
    ...(filteredHere.length > 0
      ? [`The portal itself filtered by ${filteredHere.join(', ')}.`]
      : []),
    ...failures.map(
      ({ service, message }) => `Without service ${service}: ${message}.`,
    ),
  ].join(' ');
}

function extentOf(
  { complete, isSample, matchedCount, oldestStartTimeMs }: TraceCoverage,
  sample: SampleFacts | undefined,
): string[] {
  if (complete) {
    return ['These are all traces of the window.'];
  }
  if (isSample && sample) {
    return sampleSentences(sample);
  }
  const back =
    oldestStartTimeMs === undefined
      ? ''
      : `, back to ${new Date(oldestStartTimeMs).toISOString()}`;
  return [
    `These are the newest ${matchedCount} traces that were found${back}; the window holds more.`,
  ];
}

function sampleSentences({
  readTraceCount,
  estimatedTraceCount,
  wholeSliceCount,
  unreadSliceCount,
  sliceCount,
}: SampleFacts): string[] {
  return [
    `These are ${readTraceCount} traces from all over the window, which stand for about ${estimatedTraceCount}; counts are of these, durations and shares are weighted by them.`,
    ...(wholeSliceCount > 0
      ? [`${wholeSliceCount} of ${sliceCount} slices were read whole.`]
      : []),
    ...(unreadSliceCount > 0
      ? [
          `Of ${unreadSliceCount} of ${sliceCount} slices nothing could be read; the figures say nothing of them.`,
        ]
      : []),
  ];
}
