import type { Finding } from '../../shared/Finding';
import type { EffectiveTracing, TracingSide } from '../effectiveTracing';
import type { FoldedSide } from '../resolve/foldTracing';
import type { ListenerTracing } from '../resolve/listenerTracing';
import type { Resolution } from '../resolve/TracingResolver';
import { addAssumptionFindings } from './assumptionFindings';
import { addAttachmentFindings } from './attachmentFindings';
import { FindingList } from './FindingList';
import { addProviderFindings } from './providerFindings';
import { addSamplingFindings } from './samplingFindings';
import { addTagFindings } from './tagFindings';

/** One traced side of a proxy, as the checks look at it. */
export interface SideToCheck {
  side: TracingSide;
  listener: ListenerTracing;
  /** Undefined on the legacy path. */
  folded?: FoldedSide;
}

/** Everything a user should know about a result, most urgent first. */
export function tracingFindings(
  resolution: Resolution,
  effective: EffectiveTracing,
  sides: readonly TracingSide[],
): Finding[] {
  const list = new FindingList(sides);
  addAssumptionFindings(list, resolution);
  addAttachmentFindings(list, resolution, effective);
  for (const side of sides) {
    const checked: SideToCheck = {
      side,
      listener: resolution.listeners[side],
      ...(resolution.folded ? { folded: resolution.folded[side] } : {}),
    };
    addProviderFindings(list, resolution, checked);
    addSamplingFindings(list, resolution, checked);
    addTagFindings(list, resolution, checked);
  }
  return list.findings();
}
