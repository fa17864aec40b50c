import {
  formatYaml,
  MANAGED_BY_LABEL,
  MANAGED_BY_VALUE,
  OVERRIDE_ANNOTATIONS,
  type OverrideView,
} from 'backstage-plugin-mesh-tracing-common';

/** An override as the backend gives it as YAML. */
export function overrideYaml(override: OverrideView): string {
  const { changedBy, expiresAt, reason } = override;
  const sets =
    override.setsCustomTags ?? Object.keys(override.customTags).length > 0;
  return formatYaml({
    apiVersion: 'telemetry.istio.io/v1',
    kind: 'Telemetry',
    metadata: {
      name: override.name,
      namespace: override.namespace,
      labels: { [MANAGED_BY_LABEL]: MANAGED_BY_VALUE },
      annotations: Object.fromEntries(
        Object.entries({ changedBy, expiresAt, reason }).flatMap(
          ([name, value]) =>
            value === undefined
              ? []
              : [[OVERRIDE_ANNOTATIONS[name as 'changedBy' | 'reason'], value]],
        ),
      ),
    },
    spec: {
      selector: { matchLabels: { app: 'checkout' } },
      tracing: [
        {
          ...(override.samplingPercent !== null && {
            randomSamplingPercentage: override.samplingPercent,
          }),
          ...(sets && { customTags: override.customTags }),
        },
      ],
    },
  });
}
