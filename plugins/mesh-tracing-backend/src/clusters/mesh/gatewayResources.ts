import {
  AMBIENT_LABELS,
  describeGateway,
  type GatewayFacts,
  type KubernetesGateway,
  type ObjectMetadata,
} from 'backstage-plugin-mesh-tracing-common';
import type { WatchedResource } from '../watch/WatchedResource';

/** A GatewayClass that says for which requests its waypoints are. */
export interface GatewayClassFacts {
  name: string;
  waypointFor: string;
}

/** What is watched of the Gateway API. */
export interface GatewayResources {
  gateways: WatchedResource<GatewayFacts>;
  gatewayClasses: WatchedResource<GatewayClassFacts>;
}

/** The watched resources of the Gateway API, by which waypoints are known. */
export function gatewayResources(): GatewayResources {
  return {
    gateways: gatewayApi('gateways', {
      select: object => describeGateway(object as KubernetesGateway),
    }),
    gatewayClasses: gatewayApi('gatewayclasses', {
      metadataOnly: true,
      select: selectGatewayClass,
    }),
  };
}

/** Objects of the Gateway API, which a cluster need not have. */
function gatewayApi<T>(
  name: string,
  rest: Pick<WatchedResource<T>, 'metadataOnly' | 'select'>,
): WatchedResource<T> {
  const apiGroup = 'gateway.networking.k8s.io';
  return {
    name,
    apiGroup,
    paths: ['v1', 'v1beta1'].map(
      version => `/apis/${apiGroup}/${version}/${name}`,
    ),
    ...rest,
  };
}

function selectGatewayClass(object: unknown): GatewayClassFacts | undefined {
  const { metadata } = object as { metadata: ObjectMetadata };
  const waypointFor = metadata.labels?.[AMBIENT_LABELS.waypointFor];
  return waypointFor === undefined
    ? undefined
    : { name: metadata.name, waypointFor };
}
