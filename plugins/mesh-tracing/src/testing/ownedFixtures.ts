import type { OwnedResponse } from 'backstage-plugin-mesh-tracing-common';
import { effectiveSide, overrideView, workloadView } from './tracingFixtures';

/** Two owned entities, one with an override and an error. */
export function ownedResponse(): OwnedResponse {
  const source = effectiveSide().samplingPercent.source;
  return {
    owners: ['group:default/checkout-team'],
    entities: [
      {
        entityRef: 'component:default/checkout',
        title: 'Checkout',
        ownerRef: 'group:default/checkout-team',
        workloads: [
          {
            workload: workloadView(),
            proxy: 'sidecar',
            enabled: true,
            spanReporting: 'reported',
            samplingPercent: 100,
            source,
            override: overrideView(),
            errorFindingCount: 1,
            warningFindingCount: 0,
          },
        ],
      },
      {
        entityRef: 'component:default/basket',
        ownerRef: 'group:default/checkout-team',
        workloads: [
          {
            workload: workloadView({ name: 'basket' }),
            proxy: 'sidecar',
            enabled: true,
            spanReporting: 'reported',
            samplingPercent: 1,
            source,
            override: null,
            errorFindingCount: 0,
            warningFindingCount: 0,
          },
        ],
      },
    ],
    clusters: [],
  };
}
