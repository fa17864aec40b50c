import { APP_NAMESPACE, ROOT_NAMESPACE } from '../../kubernetes/meshWorkloads';
import type { BrokenSetup } from '../PlantedSetup';
import { nextSecond } from '../../oracle/istiod/OracleLab';
import { named, telemetryOf } from './objects';

const frontend = { entity: 'frontend', workload: 'frontend-v1' } as const;
const symptom = 'No request of the frontend is traced.';

/** A Telemetry that says something else than was meant. */
export const telemetrySetups: BrokenSetup[] = [
  {
    ...frontend,
    name: '0 %',
    planted: 'A Telemetry sets the frontend to 0 %.',
    symptom,
    expected: { rung: 'sampling', code: 'zero-percent-reporting' },
    plant: async lab => {
      await lab.apply(
        telemetryOf(
          'frontend-tracing',
          { randomSamplingPercentage: 0 },
          { app: 'frontend' },
        ),
      );
    },
  },
  {
    ...frontend,
    name: '0.004 %',
    planted:
      'A Telemetry sets the frontend to 0.004 %, which Envoy rounds to nothing.',
    symptom,
    expected: { rung: 'sampling', code: 'sampling-below-resolution' },
    plant: async lab => {
      await lab.apply(
        telemetryOf(
          'frontend-tracing',
          { randomSamplingPercentage: 0.004 },
          { app: 'frontend' },
        ),
      );
    },
  },
  {
    ...frontend,
    name: 'reporting off',
    planted: 'A Telemetry of the frontend has disableSpanReporting.',
    symptom,
    expected: { rung: 'reporting', code: 'reporting-disabled' },
    plant: async lab => {
      await lab.apply(
        telemetryOf(
          'frontend-tracing',
          { disableSpanReporting: true },
          { app: 'frontend' },
        ),
      );
    },
  },
  {
    ...frontend,
    name: 'selector of the wrong label',
    planted:
      'The namespace is at 0 %; the Telemetry that sets the frontend to 100 % selects app: front-end.',
    symptom,
    expected: { rung: 'telemetry', code: 'selector-matches-nothing' },
    plant: async lab => {
      await lab.apply(
        telemetryOf('namespace-tracing', { randomSamplingPercentage: 0 }),
      );
      await lab.apply(
        telemetryOf(
          'frontend-tracing',
          { randomSamplingPercentage: 100 },
          { app: 'front-end' },
        ),
      );
    },
  },
  {
    ...frontend,
    name: 'second namespace-wide Telemetry',
    planted:
      'The namespace is at 0 %; a second Telemetry without a selector, a second younger, says 100 %.',
    symptom,
    expected: { rung: 'telemetry', code: 'several-namespace-wide' },
    plant: async lab => {
      await lab.apply(
        telemetryOf('namespace-tracing', { randomSamplingPercentage: 0 }),
      );
      await nextSecond();
      await lab.apply(
        telemetryOf('tracing-for-all', { randomSamplingPercentage: 100 }),
      );
    },
  },
  {
    ...frontend,
    name: 'root-namespace selector',
    planted:
      'The namespace is at 0 %; a Telemetry of the root namespace selects the frontend, where selectors reach pods of the root namespace alone.',
    symptom,
    expected: { rung: 'telemetry', code: 'root-selector-without-effect' },
    plant: async lab => {
      await lab.apply(
        telemetryOf('namespace-tracing', { randomSamplingPercentage: 0 }),
      );
      await lab.apply(
        telemetryOf(
          'frontend-tracing',
          { randomSamplingPercentage: 100 },
          { app: 'frontend', namespace: ROOT_NAMESPACE },
        ),
      );
    },
  },
  {
    ...frontend,
    name: 'EnvoyFilter',
    planted:
      'An EnvoyFilter puts the overall sampling of the frontend at 0.0001 %, whatever a Telemetry says.',
    symptom,
    expected: { rung: 'telemetry', code: 'envoy-filter-touches-tracing' },
    plant: async lab => {
      await lab.apply({
        ...named(
          'networking.istio.io/v1alpha3',
          'EnvoyFilter',
          'frontend-quiet',
          APP_NAMESPACE,
        ),
        spec: {
          workloadSelector: { labels: { app: 'frontend' } },
          configPatches: [
            {
              applyTo: 'NETWORK_FILTER',
              match: {
                listener: {
                  filterChain: {
                    filter: {
                      name: 'envoy.filters.network.http_connection_manager',
                    },
                  },
                },
              },
              patch: {
                operation: 'MERGE',
                value: {
                  typed_config: {
                    '@type':
                      'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
                    tracing: { overall_sampling: { value: 0.0001 } },
                  },
                },
              },
            },
          ],
        },
      });
    },
  },
  {
    ...frontend,
    name: 'listener refused by the proxy',
    planted:
      'The Telemetry of the frontend goes from 0 to 100 % together with a custom tag that has no value, for which the proxy refuses its listeners.',
    symptom,
    expected: { rung: 'accepted', code: 'proxies-refuse' },
    plant: async lab => {
      const at = (tracing: object) =>
        lab.apply(
          telemetryOf('frontend-tracing', tracing, { app: 'frontend' }),
        );
      await at({ randomSamplingPercentage: 0 });
      await lab.untilEnvoy('frontend-v1', listeners =>
        listeners.every(
          ({ randomSamplingPercent = 0 }) => randomSamplingPercent === 0,
        ),
      );
      await at({ randomSamplingPercentage: 100, customTags: { team: {} } });
      await lab.untilEnvoy('frontend-v1', listeners =>
        listeners.some(({ rejectedUpdate }) => rejectedUpdate),
      );
    },
  },
];
