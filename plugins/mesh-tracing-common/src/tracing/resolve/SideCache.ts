import type { Finding } from '../../shared/Finding';
import type { ChainLink } from '../chain/tracingChain';
import type {
  EffectiveTracingSide,
  TracingSide,
} from '../model/EffectiveTracing';
import type { FoldedSide } from './foldTracing';
import type { ListenerTracing } from './listenerTracing';
import type { ProxyContext } from './ProxyContext';

/** What depends on a chain and a kind of proxy, but not on a single workload. */
export interface ResolvedSides {
  /** Null on the legacy path. */
  folded: { client: FoldedSide; server: FoldedSide } | null;
  listeners: { client: ListenerTracing; server: ListenerTracing };
  /** The sides that this kind of proxy traces. */
  effective: Partial<Record<TracingSide, EffectiveTracingSide>>;
  /** Findings about them, made when first needed. */
  findings?: Finding[];
}

/**
 * Most workloads of a namespace share their chain and look alike to istiod, so
 * their sides are computed once. What is shared is never changed afterwards.
 */
export class SideCache {
  readonly #sides = new Map<string, ResolvedSides>();

  get(
    context: ProxyContext,
    links: readonly ChainLink[],
    compute: () => ResolvedSides,
  ): ResolvedSides {
    const key = keyOf(context, links);
    let sides = this.#sides.get(key);
    if (!sides) {
      sides = compute();
      this.#sides.set(key, sides);
    }
    return sides;
  }
}

function keyOf(context: ProxyContext, links: readonly ChainLink[]): string {
  const { proxy, version, proxyTracing, proxyConfigSource } = context;
  let key = `${proxy.kind} ${version}`;
  for (const { reading, level } of links) key += ` ${reading.number}${level}`;
  if (proxyConfigSource.kind === 'proxy-config') {
    key += ` ${proxyConfigSource.origin}`;
  }
  for (const field in proxyTracing) {
    if (Object.hasOwn(proxyTracing, field)) {
      return `${key} ${JSON.stringify(proxyTracing)}`;
    }
  }
  return key;
}
