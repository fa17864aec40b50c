import type { BackendPluginRegistrationPoints } from '@backstage/backend-plugin-api';
import {
  meshClustersExtensionPoint,
  samplingPolicyExtensionPoint,
  traceStoresExtensionPoint,
  workloadBindingExtensionPoint,
  workloadResolverExtensionPoint,
  type MeshCluster,
  type SamplingPolicy,
  type TraceStore,
  type WorkloadBinding,
  type WorkloadResolver,
} from 'backstage-plugin-mesh-tracing-node';

type Factory<T> = (getDefault: () => T) => T;

/** Collects what modules add to the plugin or put in the place of its defaults. */
export class MeshTracingExtensions {
  readonly clusters: MeshCluster[] = [];
  readonly traceStores: TraceStore[] = [];
  readonly policies: SamplingPolicy[] = [];
  #resolver: Factory<WorkloadResolver> | undefined;
  #binding: Factory<WorkloadBinding> | undefined;

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
      setWorkloadResolver: factory => {
        requireUnset('resolver', extensions.#resolver);
        extensions.#resolver = factory;
      },
    });
    env.registerExtensionPoint(workloadBindingExtensionPoint, {
      setWorkloadBinding: factory => {
        requireUnset('binding', extensions.#binding);
        extensions.#binding = factory;
      },
    });
    return extensions;
  }

  private constructor() {}

  /** The resolver of a module, which may wrap the default, else the default. */
  workloadResolver(getDefault: () => WorkloadResolver): WorkloadResolver {
    return this.#resolver?.(getDefault) ?? getDefault();
  }

  /** The binding of a module, which may wrap the default, else the default. */
  workloadBinding(getDefault: () => WorkloadBinding): WorkloadBinding {
    return this.#binding?.(getDefault) ?? getDefault();
  }
}

function requireUnset(what: string, factory: unknown): void {
  if (factory) {
    throw new Error(
      `The workload ${what} of mesh-tracing is set already; only one module can set it`,
    );
  }
}
