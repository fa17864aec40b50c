import type { EffectiveTracing } from 'backstage-plugin-mesh-tracing-common';
import { mainSide } from '../shared';
import { FIELDS, type Field } from './rungs';

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
