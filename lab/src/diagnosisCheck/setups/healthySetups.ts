import { ROOT_NAMESPACE } from '../../kubernetes/meshWorkloads';
import type { HealthySetup } from '../PlantedSetup';
import { PROVIDER, telemetryOf } from './objects';

const frontend = { entity: 'frontend', workload: 'frontend-v1' } as const;

/** Set-ups in which the ladder has nothing to say. */
export const healthySetups: HealthySetup[] = [
  {
    ...frontend,
    name: 'as the lab is',
    planted: 'The mesh at 10 %, the namespace at 20 %.',
    plant: async () => undefined,
  },
  {
    ...frontend,
    name: 'a provider named by the Telemetry',
    planted:
      'The mesh config has no default provider; the Telemetry of the frontend names one.',
    plant: async lab => {
      await lab.meshConfig(config => {
        delete config.defaultProviders;
      });
      await lab.apply(
        telemetryOf(
          'frontend-tracing',
          { providers: [{ name: PROVIDER }], randomSamplingPercentage: 50 },
          { app: 'frontend' },
        ),
      );
    },
  },
  {
    name: 'decided by the gateway, which traces everything',
    planted:
      'The gateway and the namespace are at 100 %; requests come through the gateway.',
    entity: 'details',
    workload: 'details-v1',
    way: 'gateway',
    plant: async lab => {
      const all = { randomSamplingPercentage: 100 };
      await lab.apply(telemetryOf('namespace-tracing', all));
      await lab.apply(
        telemetryOf('gateway-tracing', all, {
          namespace: ROOT_NAMESPACE,
          app: 'istio-ingressgateway',
        }),
      );
    },
  },
  {
    ...frontend,
    name: 'a Telemetry of its own beside that of the namespace',
    planted: 'The frontend has 60 % and a tag of its own.',
    plant: lab =>
      lab.apply(
        telemetryOf(
          'frontend-tracing',
          {
            randomSamplingPercentage: 60,
            customTags: { team: { literal: { value: 'storefront' } } },
          },
          { app: 'frontend' },
        ),
      ),
  },
  {
    entity: 'details',
    workload: 'details-v1',
    name: 'pods replaced',
    planted: 'The pod of the details was replaced by a rollout.',
    plant: lab => lab.pods.rollOut('details-v1'),
  },
];
