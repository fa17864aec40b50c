import {
  overrideSettingsSchema,
  overrideView,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  OverrideSettings,
  Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import { parse } from 'yaml';
import type { ChangeRecord } from '../protocol/ChangeRecord';

/**
 * What a change through the portal set, or what was in force until it ended;
 * undefined for what others did and for specs that no form can hold.
 */
export function appliedSettings({
  kind,
  before,
  after,
}: Pick<ChangeRecord, 'kind' | 'before' | 'after'>):
  | OverrideSettings
  | undefined {
  const yaml = {
    apply: after,
    extend: after,
    revert: before,
    expire: before,
    'outside-change': undefined,
    'outside-delete': undefined,
  }[kind];
  const tracing = yaml === undefined ? undefined : tracingOf(yaml);
  if (!tracing) {
    return undefined;
  }
  const settings = overrideSettingsSchema.safeParse(
    overrideView(
      { metadata: { namespace: '', name: '' }, spec: { tracing } },
      false,
    ),
  );
  return settings.success ? settings.data : undefined;
}

function tracingOf(
  yaml: string,
): NonNullable<Telemetry['spec']>['tracing'] | undefined {
  const spec: unknown = parse(yaml);
  const tracing =
    spec !== null && typeof spec === 'object' && 'tracing' in spec
      ? spec.tracing
      : undefined;
  return Array.isArray(tracing) && tracing.length > 0 ? tracing : undefined;
}
