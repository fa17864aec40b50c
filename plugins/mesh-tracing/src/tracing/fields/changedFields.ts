import { decidingSide } from 'backstage-plugin-mesh-tracing-common';
import type { EffectiveTracing } from 'backstage-plugin-mesh-tracing-common';
import { TRACING_FIELDS, type TracingField } from './tracingFields';

/** Fields whose values in force differ, on the side that decides. */
export function changedFields(
  before: EffectiveTracing,
  after: EffectiveTracing,
): TracingField[] {
  const [a, b] = [decidingSide(before), decidingSide(after)];
  return TRACING_FIELDS.filter(
    field =>
      JSON.stringify(a?.[field].value) !== JSON.stringify(b?.[field].value),
  );
}
