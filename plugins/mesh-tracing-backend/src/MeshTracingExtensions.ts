import type { BackendPluginRegistrationPoints } from '@backstage/backend-plugin-api';
import {
  meshClustersExtensionPoint,
  samplingPolicyExtensionPoint,
  traceStoresExtensionPoint,
  workloadResolverExtensionPoint,
  type MeshCluster,
  type SamplingPolicy,
  type TraceStore,
  type WorkloadResolver,
} from 'backstage-plugin-mesh-tracing-node';

type ResolverFactory = (getDefault: () => WorkloadResolver) => WorkloadResolver;

/** Collects what modules add to or swap in the plugin. */
export class MeshTracingExtensions {
  readonly clusters: MeshCluster[] = [];
  readonly traceStores: TraceStore[] = [];
  readonly policies: SamplingPolicy[] = [];
  #resolverFactory: ResolverFactory | undefined;

  static register(env: BackendPluginRegistrationPoints): MeshTracingExtensions {
    const extensions = new MeshTracingExtensions();
    env.registerExtensionPoint(meshClustersExtensionPoint, {
      addCluster: cluster => {
        extensions.clusters.push(cluster);
      },
    });
    env.registerExtensionPoint(traceStoresExtensionPoint, {
      addTraceStore: store => {
        extensions.traceStores.push(store);
      },
    });
    env.registerExtensionPoint(samplingPolicyExtensionPoint, {
      addPolicy: policy => {
        extensions.policies.push(policy);
      },
    });
    env.registerExtensionPoint(workloadResolverExtensionPoint, {
      setWorkloadResolver: factory => extensions.#setResolver(factory),
    });
    return extensions;
  }

  private constructor() {}

  /** The resolver of a module, which may wrap the default, else the default. */
  workloadResolver(getDefault: () => WorkloadResolver): WorkloadResolver {
    return this.#resolverFactory?.(getDefault) ?? getDefault();
  }

  #setResolver(factory: ResolverFactory): void {
    if (this.#resolverFactory) {
      throw new Error(
        'The workload resolver of mesh-tracing is set already; only one module can set it',
      );
    }
    this.#resolverFactory = factory;
  }
}
