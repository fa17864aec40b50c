import type { KubernetesMetadata } from '../model/kubernetesObjects';
import { ambientLabelsOf } from './waypointLabels';

/** What requests are addressed to, and the pods behind it. @public */
export interface ServiceFacts {
  kind: 'Service' | 'ServiceEntry';
  namespace: string;
  name: string;
  /** Hosts of a ServiceEntry; empty for a Service, whose host follows from its name. */
  hosts: string[];
  /** Labels that say how ambient traffic goes. */
  labels: Record<string, string>;
  /** Labels of its pods, which are in its namespace; absent = it selects none. */
  selector?: Record<string, string>;
}

/** The parts of a Service or ServiceEntry that are read. */
interface KubernetesService {
  metadata?: KubernetesMetadata;
  spec?: {
    hosts?: string[];
    selector?: Record<string, string>;
    workloadSelector?: { labels?: Record<string, string> };
  };
}

/** What is kept of a Service. @public */
export function describeService(service: unknown): ServiceFacts {
  const { spec } = service as KubernetesService;
  return describe('Service', service as KubernetesService, spec?.selector);
}

/** What is kept of a ServiceEntry. @public */
export function describeServiceEntry(entry: unknown): ServiceFacts {
  const { spec } = entry as KubernetesService;
  return describe(
    'ServiceEntry',
    entry as KubernetesService,
    spec?.workloadSelector?.labels,
  );
}

function describe(
  kind: ServiceFacts['kind'],
  { metadata, spec }: KubernetesService,
  selector: Record<string, string> | undefined,
): ServiceFacts {
  return {
    kind,
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    hosts: kind === 'ServiceEntry' ? spec?.hosts ?? [] : [],
    labels: ambientLabelsOf(metadata?.labels),
    ...(selector && Object.keys(selector).length > 0 ? { selector } : {}),
  };
}
