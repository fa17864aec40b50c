import { OVERRIDE_ANNOTATIONS } from '../../shared/annotations';
import type { OverrideView } from '../../api';
import { gitOpsOwner } from '../../gitops';
import { visibleText } from '../../shared/visibleText';
import type { CustomTag } from '../../meshconfig';
import type { Telemetry } from '../../tracing';
import { scopeOfOverride } from './overrideScope';

/**
 * What people see of an override. `live` says whether the cluster's watch has
 * shown this version.
 * @public
 */
export function overrideView(
  telemetry: Telemetry,
  live: boolean,
): OverrideView {
  const { metadata } = telemetry;
  const annotations = metadata.annotations ?? {};
  const owner = gitOpsOwner(metadata);
  const reason = annotations[OVERRIDE_ANNOTATIONS.reason];
  const entry = telemetry.spec?.tracing?.find(candidate => candidate !== null);
  const customTags: Record<string, CustomTag> = {};
  for (const [name, tag] of Object.entries(entry?.customTags ?? {})) {
    if (tag) {
      customTags[name] = tag;
    }
  }
  return {
    scope: scopeOfOverride(telemetry),
    namespace: metadata.namespace,
    name: metadata.name,
    uid: metadata.uid ?? '',
    resourceVersion: metadata.resourceVersion ?? '',
    samplingPercent: entry?.randomSamplingPercentage ?? null,
    customTags,
    setsCustomTags: Boolean(entry?.customTags),
    disableSpanReporting: entry?.disableSpanReporting ?? undefined,
    disableContextPropagation: entry?.disableContextPropagation ?? undefined,
    provider: entry?.providers?.[0]?.name,
    entityRef: annotations[OVERRIDE_ANNOTATIONS.entity],
    changedBy: annotations[OVERRIDE_ANNOTATIONS.changedBy],
    ...(reason !== undefined && { reason: visibleText(reason) }),
    expiresAt: annotations[OVERRIDE_ANNOTATIONS.expiresAt],
    createdAt: metadata.creationTimestamp,
    ...(owner && { managedBy: owner.tool }),
    live,
  };
}
