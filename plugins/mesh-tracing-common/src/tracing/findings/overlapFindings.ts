import type { ChainLink } from '../chain/tracingChain';
import type { TracingSide } from '../model/EffectiveTracing';
import { telemetryId, type TelemetryReading } from '../telemetry/readTelemetry';
import type { TracingEntry } from '../telemetry/readTracingEntry';
import { TRACING_SIDES } from '../sides/sideFields';
import type { FindingList } from './FindingList';

/** Fields of an entry and the names that users know them by. */
const FIELDS: ReadonlyArray<
  readonly [name: string, isSet: (entry: TracingEntry) => boolean]
> = [
  ['providers', entry => entry.providers.length > 0],
  ['randomSamplingPercentage', entry => entry.samplingPercent !== undefined],
  ['disableSpanReporting', entry => entry.disableSpanReporting !== undefined],
  ['customTags', entry => entry.customTags !== undefined],
  ['enableIstioTags', entry => entry.istioTags !== undefined],
  ['useRequestIdForTraceSampling', entry => entry.useRequestId !== undefined],
  [
    'disableContextPropagation',
    entry => entry.disableContextPropagation !== undefined,
  ],
];

/**
 * Findings about Telemetries of one workload that set the same fields, and
 * about names of providers after the first, which do not count.
 */
export function addOverlapFindings(
  list: FindingList,
  links: readonly ChainLink[],
): void {
  const attached = links.filter(link => link.level === 'workload');
  if (attached.length > 1) addOverlap(list, attached);
  for (const { reading } of links) {
    if (reading.entries.some(entry => entry.providers.length > 1)) {
      const id = telemetryId(reading);
      const what = `Telemetry ${id} names several providers in one entry; only the first counts.`;
      list.add('second-provider-ignored', what, [id]);
    }
  }
}

function addOverlap(list: FindingList, attached: readonly ChainLink[]): void {
  const contested = FIELDS.filter(([, isSet]) =>
    TRACING_SIDES.some(
      side =>
        attached.filter(link => sets(link.reading, side, isSet)).length > 1,
    ),
  ).map(([name]) => name);
  if (contested.length === 0) return;
  const ids = attached.map(link => telemetryId(link.reading));
  const what = `${ids.join(
    ', ',
  )} all apply to this workload and set ${contested.join(', ')}; ${ids.at(
    -1,
  )} is applied last.`;
  list.add('overlapping-workload-telemetries', what, ids);
}

function sets(
  reading: TelemetryReading,
  side: TracingSide,
  isSet: (entry: TracingEntry) => boolean,
): boolean {
  return reading.entries.some(entry => entry[side] && isSet(entry));
}
