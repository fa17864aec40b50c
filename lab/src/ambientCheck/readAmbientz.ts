import { z } from 'zod';

const waypoint = z
  .object({
    hostname: z
      .object({ namespace: z.string(), hostname: z.string() })
      .optional(),
  })
  .nullish();
const ambientz = z.object({
  services: z.array(
    z.object({
      namespace: z.string(),
      hostname: z.string(),
      waypoint,
      ingressUseWaypoint: z.boolean().optional(),
    }),
  ),
  workloads: z.array(
    z.object({
      namespace: z.string(),
      name: z.string(),
      waypoint,
      services: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
});

/** What istiod tells ztunnel about one service. */
export interface AmbientService {
  /** Host of the waypoint, as `namespace/host`; absent = none. */
  waypoint?: string;
  fromIngress: boolean;
}

/** What istiod tells ztunnel about one pod. */
export interface AmbientPod {
  waypoint?: string;
  /** `namespace/host` of the services that it is behind. */
  services: string[];
}

/** istiod's index of the ambient mesh. */
export interface AmbientIndex {
  /** By `namespace/host`. */
  services: Record<string, AmbientService>;
  /** By `namespace/name`. */
  pods: Record<string, AmbientPod>;
}

function hostOf(found: z.infer<typeof waypoint>) {
  const { hostname } = found ?? {};
  return hostname
    ? { waypoint: `${hostname.namespace}/${hostname.hostname}` }
    : {};
}

/** Reads istiod's `/debug/ambientz`. */
export function readAmbientz(answer: unknown): AmbientIndex {
  const { services, workloads } = ambientz.parse(answer);
  return {
    services: Object.fromEntries(
      services.map(service => [
        `${service.namespace}/${service.hostname}`,
        {
          ...hostOf(service.waypoint),
          fromIngress: service.ingressUseWaypoint ?? false,
        },
      ]),
    ),
    pods: Object.fromEntries(
      workloads.map(workload => [
        `${workload.namespace}/${workload.name}`,
        {
          ...hostOf(workload.waypoint),
          services: Object.keys(workload.services ?? {}).sort(),
        },
      ]),
    ),
  };
}
