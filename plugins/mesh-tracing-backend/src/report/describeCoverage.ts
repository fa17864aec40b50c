import type { TraceCoverage } from 'backstage-plugin-mesh-tracing-node';

/** What part of the window an answer holds, in full sentences. */
export function describeCoverage(coverage: TraceCoverage): string {
  const { complete, matchedCount, fetchedCount, belongingCount } = coverage;
  const { oldestStartTimeMs, filteredHere, failures } = coverage;
  const back =
    oldestStartTimeMs === undefined
      ? ''
      : `, back to ${new Date(oldestStartTimeMs).toISOString()}`;
  return [
    complete
      ? 'These are all traces of the window.'
      : `These are the newest ${matchedCount} traces that were found${back}; the window holds more.`,
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
