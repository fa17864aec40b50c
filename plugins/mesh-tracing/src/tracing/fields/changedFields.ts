import type { EffectiveTracing } from 'backstage-plugin-mesh-tracing-common';
import { headlineSide } from './headlineSide';
import { TRACING_FIELDS, type TracingField } from './tracingFields';

/** Fields whose values in force differ, on the side that decides. */
export function changedFields(
  before: EffectiveTracing,
  after: EffectiveTracing,
): TracingField[] {
  const [a, b] = [headlineSide(before), headlineSide(after)];
  return TRACING_FIELDS.filter(
    field =>
      JSON.stringify(a?.[field].value) !== JSON.stringify(b?.[field].value),
  );
}
