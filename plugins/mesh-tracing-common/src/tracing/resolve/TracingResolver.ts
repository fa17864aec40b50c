import type { Resolution } from './Resolution';
import type { AttachmentContext } from '../chain/attachment';
import { TelemetryIndex } from '../chain/TelemetryIndex';
import {
  tracingChain,
  type ChainLink,
  type TracingChain,
} from '../chain/tracingChain';
import { CustomisationIndex } from '../customisations/CustomisationIndex';
import type { EffectiveTracing, TracingSide } from '../model/EffectiveTracing';
import { readMeshConfig, type MeshReading } from '../../meshconfig';
import type {
  MeshTracingInputs,
  TracingProxy,
  TracingService,
} from '../model/MeshTracingInputs';
import { effectiveSide, effectiveTracing } from './effectiveTracingOf';
import { foldTracing, hasSpecification } from './foldTracing';
import { legacyListenerTracing, listenerTracing } from './listenerTracing';
import { ProviderRegistry } from './ProviderRegistry';
import { ambientTracing } from './ambientTracing';
import { tracingProxyOf } from './tracingProxyOf';
import type { Workload } from '../../workloads';
import {
  istiodContext,
  proxyContext,
  type IstiodContext,
  type ProxyContext,
} from './ProxyContext';
import { ServiceHosts } from './ServiceHosts';
import { SideCache, type ResolvedSides } from './SideCache';
import { sidesOf } from '../sides/sidesOf';

/** Resolves tracing of many proxies against the same inputs. @public */
export interface TracingResolver {
  /**
   * Effective tracing of a proxy.
   * @param service - for a waypoint, the service whose traffic is handled
   */
  resolve(proxy: TracingProxy, service?: TracingService): EffectiveTracing;
  /**
   * Effective tracing of a workload: its own proxy's, or that of the waypoint
   * before it. `path` is `none` where neither is there.
   */
  resolveWorkload(workload: Workload): EffectiveTracing;
}

const NO_PROXY: EffectiveTracing = Object.freeze({
  path: 'none',
  chain: [],
  ignored: [],
  findings: [],
});

/** Reads the inputs once, then resolves any number of proxies. */
export class DefaultTracingResolver implements TracingResolver {
  readonly #inputs: MeshTracingInputs;
  readonly #mesh: MeshReading;
  readonly #index: TelemetryIndex;
  readonly #providers: ProviderRegistry;
  readonly #customisations: CustomisationIndex;
  readonly #istiod: IstiodContext;
  readonly #sides = new SideCache();

  private constructor(inputs: MeshTracingInputs) {
    this.#inputs = inputs;
    this.#mesh = readMeshConfig(inputs.meshConfig);
    this.#istiod = istiodContext(inputs.istiod ?? { environmentKnown: false });
    this.#index = TelemetryIndex.create(
      Array.isArray(inputs.telemetries) ? inputs.telemetries : [],
      this.#istiod.istiod.revision,
    );
    this.#providers = ProviderRegistry.create({
      mesh: this.#mesh,
      meshConfigKnown: inputs.meshConfigKnown !== false,
      istiodVersion: this.#istiod.version,
      hosts: ServiceHosts.create(inputs.knownServices),
    });
    this.#customisations = CustomisationIndex.create({
      ...inputs,
      rootNamespace: this.#mesh.rootNamespace,
    });
  }

  static create(inputs: MeshTracingInputs): DefaultTracingResolver {
    return new DefaultTracingResolver(inputs);
  }

  /** The mesh's providers, for checks of names. */
  get providers(): ProviderRegistry {
    return this.#providers;
  }

  resolve(proxy: TracingProxy, service?: TracingService): EffectiveTracing {
    return effectiveTracing(this.trace(proxy, service));
  }

  resolveWorkload(workload: Workload): EffectiveTracing {
    const proxy = tracingProxyOf(workload);
    if (proxy) return this.resolve(proxy);
    return workload.routes
      ? ambientTracing(workload, workload.routes, {
          resolve: (waypoint, service) => this.resolve(waypoint, service),
          narrow: namespace => this.#index.namespace(namespace).narrow,
        })
      : NO_PROXY;
  }

  /** Every intermediate step of a resolution. */
  trace(proxy: TracingProxy, service?: TracingService): Resolution {
    const context = proxyContext(proxy, this.#mesh, this.#istiod);
    const chain = this.#chain(context, service);
    return {
      inputs: this.#inputs,
      mesh: this.#mesh,
      index: this.#index,
      providers: this.#providers,
      customisations: this.#customisations,
      istiod: this.#istiod,
      context,
      service,
      chain,
      sides: this.#sides.get(context, chain.links, () =>
        this.#resolveSides(context, chain.links),
      ),
    };
  }

  #resolveSides(
    context: ProxyContext,
    links: readonly ChainLink[],
  ): ResolvedSides {
    const fold = (side: TracingSide) =>
      foldTracing(this.#mesh, this.#providers, links, side);
    const folded = hasSpecification(this.#mesh, links)
      ? { client: fold('client'), server: fold('server') }
      : null;
    const listener = (side: TracingSide) =>
      folded
        ? listenerTracing(folded[side], context)
        : legacyListenerTracing(context);
    const listeners = {
      client: listener('client'),
      server: listener('server'),
    };
    const effective: ResolvedSides['effective'] = {};
    for (const side of sidesOf(context.proxy.kind)) {
      effective[side] = effectiveSide(listeners[side]);
    }
    return { folded, listeners, effective };
  }

  #chain(context: ProxyContext, service?: TracingService): TracingChain {
    const attachment: AttachmentContext = {
      proxy: context.proxy,
      labels: context.labels,
      service,
      rootNamespace: this.#mesh.rootNamespace,
      selectorBasedGatewayPolicy: this.#istiod.selectorBasedGatewayPolicy,
      gatewayClassRefs: this.#istiod.gatewayClassRefs,
    };
    return tracingChain(this.#index, attachment, this.#istiod.followsService);
  }
}
