import type { EffectiveTracing } from 'backstage-plugin-mesh-tracing-common';
import { FIELDS, type Field } from '../ladder/rungs';
import { mainSide } from './mainSide';

/** Fields whose values in force differ, on the side that decides. */
export function changedFields(
  before: EffectiveTracing,
  after: EffectiveTracing,
): Field[] {
  const [a, b] = [mainSide(before), mainSide(after)];
  return FIELDS.filter(
    field =>
      JSON.stringify(a?.[field].value) !== JSON.stringify(b?.[field].value),
  );
}
