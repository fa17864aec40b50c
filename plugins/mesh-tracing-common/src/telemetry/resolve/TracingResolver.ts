import type { AttachmentContext } from '../chain/attachment';
import { TelemetryIndex } from '../chain/TelemetryIndex';
import { tracingChain, type TracingChain } from '../chain/tracingChain';
import type { EffectiveTracing, TracingSide } from '../effectiveTracing';
import { readMeshConfig, type MeshReading } from '../reading/readMeshConfig';
import type {
  MeshTracingInputs,
  TracingProxy,
  TracingService,
} from '../tracingInputs';
import { effectiveTracing } from './effectiveTracingOf';
import { foldTracing, hasSpecification, type FoldedSide } from './foldTracing';
import {
  legacyListenerTracing,
  listenerTracing,
  type ListenerTracing,
} from './listenerTracing';
import { ProviderRegistry } from './ProviderRegistry';
import {
  istiodContext,
  proxyContext,
  type IstiodContext,
  type ProxyContext,
} from './ProxyContext';
import { ServiceHosts } from './ServiceHosts';

/** The whole way from the inputs to one proxy's listeners. */
export interface Resolution {
  inputs: MeshTracingInputs;
  mesh: MeshReading;
  index: TelemetryIndex;
  providers: ProviderRegistry;
  istiod: IstiodContext;
  context: ProxyContext;
  service?: TracingService;
  chain: TracingChain;
  /** Null on the legacy path. */
  folded: { client: FoldedSide; server: FoldedSide } | null;
  listeners: { client: ListenerTracing; server: ListenerTracing };
}

/** Resolves tracing of many proxies against the same inputs. @public */
export interface TracingResolver {
  /**
   * Effective tracing of a proxy.
   * @param service - for a waypoint, the service whose traffic is handled
   */
  resolve(proxy: TracingProxy, service?: TracingService): EffectiveTracing;
}

/** Reads the inputs once, then resolves any number of proxies. */
export class DefaultTracingResolver implements TracingResolver {
  readonly #inputs: MeshTracingInputs;
  readonly #mesh: MeshReading;
  readonly #index: TelemetryIndex;
  readonly #providers: ProviderRegistry;
  readonly #istiod: IstiodContext;

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

  /** Every intermediate step of a resolution. */
  trace(proxy: TracingProxy, service?: TracingService): Resolution {
    const context = proxyContext(proxy, this.#mesh, this.#istiod);
    const chain = this.#chain(context, service);
    const specified = hasSpecification(this.#mesh, chain.links);
    const fold = (side: TracingSide) =>
      foldTracing(this.#mesh, this.#providers, chain.links, side);
    const folded = specified
      ? { client: fold('client'), server: fold('server') }
      : null;
    return {
      inputs: this.#inputs,
      mesh: this.#mesh,
      index: this.#index,
      providers: this.#providers,
      istiod: this.#istiod,
      context,
      ...(service ? { service } : {}),
      chain,
      folded,
      listeners: {
        client: this.#listener(folded?.client, context),
        server: this.#listener(folded?.server, context),
      },
    };
  }

  #listener(
    folded: FoldedSide | undefined,
    context: ProxyContext,
  ): ListenerTracing {
    return folded
      ? listenerTracing(folded, context)
      : legacyListenerTracing(context);
  }

  #chain(context: ProxyContext, service?: TracingService): TracingChain {
    const attachment: AttachmentContext = {
      proxy: context.proxy,
      labels: context.labels,
      ...(service ? { service } : {}),
      rootNamespace: this.#mesh.rootNamespace,
      selectorBasedGatewayPolicy: this.#istiod.selectorBasedGatewayPolicy,
      gatewayClassRefs: this.#istiod.gatewayClassRefs,
    };
    return tracingChain(this.#index, attachment, this.#istiod.followsService);
  }
}
