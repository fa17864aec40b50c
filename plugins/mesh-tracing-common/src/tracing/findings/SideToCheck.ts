import type { TracingSide } from '../model/EffectiveTracing';
import type { FoldedSide } from '../resolve/foldTracing';
import type { ListenerTracing } from '../resolve/listenerTracing';

/** One traced side of a proxy, as the checks look at it. */
export interface SideToCheck {
  side: TracingSide;
  listener: ListenerTracing;
  /** Undefined on the legacy path. */
  folded?: FoldedSide;
}
