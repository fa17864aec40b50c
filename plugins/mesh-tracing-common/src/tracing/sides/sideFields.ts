import type {
  EffectiveTracingSide,
  TracingSide,
} from '../model/EffectiveTracing';

/** Both sides of a proxy. @public */
export const TRACING_SIDES: readonly TracingSide[] = ['client', 'server'];

/** A field of a side that has a value and a source. @public */
export type TracingField = Exclude<
  keyof EffectiveTracingSide,
  'spanReporting' | 'samplingParts' | 'tracer' | 'spawnUpstreamSpan'
>;

/** The fields of a side, in the order in which people read them. @public */
export const SIDE_FIELDS: readonly TracingField[] = [
  'enabled',
  'provider',
  'samplingPercent',
  'customTags',
  'istioTags',
  'useRequestId',
  'disableContextPropagation',
  'maxTagLength',
];
