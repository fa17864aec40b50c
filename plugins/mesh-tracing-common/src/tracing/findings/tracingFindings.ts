import type { SideToCheck } from './SideToCheck';
import type { Finding } from '../../shared/Finding';
import type { EffectiveTracing, TracingSide } from '../model/EffectiveTracing';
import type { ListenerTracing } from '../resolve/listenerTracing';
import type { Resolution } from '../resolve/Resolution';
import { addAssumptionFindings } from './assumptionFindings';
import { addAttachmentFindings } from './attachmentFindings';
import { addCustomisationFindings } from './customisationFindings';
import { FindingList, sortFindings } from './FindingList';
import { addProviderFindings } from './providerFindings';
import { addSamplingFindings } from './samplingFindings';
import { addTagFindings } from './tagFindings';

/** Everything a user should know about a result, most urgent first. */
export function tracingFindings(
  resolution: Resolution,
  effective: EffectiveTracing,
  sides: readonly TracingSide[],
): Finding[] {
  const attachment = new FindingList(sides);
  addAttachmentFindings(attachment, resolution, effective);
  addCustomisationFindings(attachment, resolution);
  const shared = sideFindings(resolution, sides);
  return attachment.isEmpty()
    ? [...shared]
    : sortFindings([...shared, ...attachment.findings()]);
}

/**
 * Findings about the sides of a proxy. Proxies with the same sides share them,
 * unless more is known of this one: a measured share of root spans, problems of
 * its own ProxyConfig, or the variables that its tags read.
 */
function sideFindings(
  resolution: Resolution,
  sides: readonly TracingSide[],
): Finding[] {
  const { proxy, proxyProblems } = resolution.context;
  const shareable =
    proxy.rootSpanShare === undefined &&
    proxyProblems.length === 0 &&
    (proxy.environment === undefined ||
      !sides.some(side => readsEnvironment(resolution.sides.listeners[side])));
  if (!shareable) return findSides(resolution, sides);
  resolution.sides.findings ??= findSides(resolution, sides);
  return resolution.sides.findings;
}

function findSides(
  resolution: Resolution,
  sides: readonly TracingSide[],
): Finding[] {
  const list = new FindingList(sides);
  addAssumptionFindings(list, resolution);
  const { listeners, folded } = resolution.sides;
  for (const side of sides) {
    const checked: SideToCheck = {
      side,
      listener: listeners[side],
      ...(folded ? { folded: folded[side] } : {}),
    };
    addProviderFindings(list, resolution, checked);
    addSamplingFindings(list, resolution, checked);
    addTagFindings(list, resolution, checked);
  }
  return list.findings();
}

function readsEnvironment(listener: ListenerTracing): boolean {
  return Object.values(listener.customTags.value).some(tag => tag.environment);
}
