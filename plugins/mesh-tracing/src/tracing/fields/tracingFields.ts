/** The fields of a side's tracing, in the order people ask for them. */
export const TRACING_FIELDS = [
  'samplingPercent',
  'enabled',
  'provider',
  'customTags',
  'istioTags',
  'useRequestId',
  'disableContextPropagation',
  'maxTagLength',
] as const;

/** Name of a field of a side's tracing. */
export type TracingField = (typeof TRACING_FIELDS)[number];
