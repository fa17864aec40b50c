import type { YamlStep } from '../../../yaml';
import { mapAt, valueAt, type YamlMap } from '../../read/values';
import type { MeshPart } from './MeshPart';

const TRACERS = [
  'zipkin',
  'lightstep',
  'datadog',
  'stackdriver',
  'openCensusAgent',
  'open_census_agent',
];

/** What the tracing section of a ProxyConfig, the layer below Telemetry, is good for. */
export function oldLayerFindings(
  proxyConfig: YamlMap,
  base: readonly YamlStep[],
  { findings, lineOf }: Pick<MeshPart, 'findings' | 'lineOf'>,
): void {
  const tracing = mapAt(proxyConfig, 'tracing');
  for (const kind of TRACERS) {
    if (tracing[kind] === undefined || tracing[kind] === null) continue;
    const address = valueAt(tracing, kind, 'address');
    const named = typeof address === 'string' ? ` (${address})` : '';
    findings.add(
      'bootstrap-tracer',
      `tracing.${kind}${named} is the tracer of the bootstrap.`,
      { line: lineOf([...base, 'tracing', kind]) },
    );
  }
  if (tracing.sampling !== undefined) {
    findings.add(
      'proxy-config-sampling',
      `tracing.sampling is ${JSON.stringify(tracing.sampling)}.`,
      { line: lineOf([...base, 'tracing', 'sampling']) },
    );
  }
  for (const key of ['customTags', 'custom_tags']) {
    if (tracing[key] === undefined) continue;
    findings.add('proxy-config-tags', `tracing.${key} sets tags.`, {
      line: lineOf([...base, 'tracing', key]),
    });
  }
}
