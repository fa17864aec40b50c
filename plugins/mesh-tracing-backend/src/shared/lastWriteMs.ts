import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';

/**
 * When an object was last written, by the API server's clock, in milliseconds since
 * the epoch; undefined where it does not say.
 */
export function lastWriteMs({
  metadata,
}: Pick<Telemetry, 'metadata'>): number | undefined {
  const { creationTimestamp, managedFields = [] } = metadata;
  const times = [creationTimestamp, ...managedFields.map(({ time }) => time)]
    .map(time => Date.parse(time ?? ''))
    .filter(Number.isFinite);
  return times.length > 0 ? Math.max(...times) : undefined;
}
