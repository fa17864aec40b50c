import assert from 'node:assert/strict';
import {
  resolveTracing,
  effectOfSampling,
  type EffectiveTracing,
  type SamplingEffect,
} from 'backstage-plugin-mesh-tracing-common';
import { envoyTracing } from '../envoy/envoyTracing';
import { KubeApi } from '../kubernetes/KubeApi';
import { APP_NAMESPACE } from '../kubernetes/meshWorkloads';
import { waitUntil } from '../lifecycle/componentProcess';
import type { LabEndpoints } from '../lifecycle/labStatus';
import { withAdministeredLab } from '../checks/withAdministeredLab';
import { CheckList } from '../checks/CheckList';
import { sendRequests } from '../traffic/sendRequests';
import { decisionHeaders, type IncomingDecision } from './incomingDecision';

const REQUESTS = 400;
/** Sampling of the gateway, once above and once below the frontend's. */
const GATEWAY_PERCENT = 50;
const FRONTEND_PERCENTS = [5, 80] as const;
/**
 * Standard deviations that count as chance: a sound share is further off in
 * less than one of 15,000 checks.
 */
const SIGMAS = 4;

/** How a check of Envoy's sampling decisions runs. */
export interface DecisionCheckOptions {
  /** Name of the private lab. */
  lab: string;
  signal: AbortSignal;
  print: (line: string) => void;
}

/**
 * Fails unless the share is the percentage, as far as chance allows; 0 and 100
 * % must be exact.
 */
function assertShare(sampled: number, percent: number): string {
  const share = percent / 100;
  const expected = REQUESTS * share;
  const spread = SIGMAS * Math.sqrt(REQUESTS * share * (1 - share));
  assert.ok(
    Math.abs(sampled - expected) <= spread,
    `${sampled} of ${REQUESTS}, not ${percent} %`,
  );
  return `${sampled} of ${REQUESTS}, ${percent} % expected`;
}

/** What the product resolves for the frontend at a percentage. */
function effectiveAt(percent: number): EffectiveTracing {
  return resolveTracing(
    {
      meshConfig: {
        defaultProviders: { tracing: ['jaeger'] },
        extensionProviders: [
          { name: 'jaeger', opentelemetry: { service: 'jaeger', port: 4317 } },
        ],
      },
      meshConfigKnown: true,
      telemetries: [telemetry('frontend', percent)],
      istiod: { version: '1.31.0', environmentKnown: true },
    },
    {
      kind: 'sidecar',
      namespace: APP_NAMESPACE,
      labels: { app: 'frontend' },
      version: '1.31.0',
    },
  );
}

function telemetry(app: 'frontend' | 'istio-ingressgateway', percent: number) {
  return {
    apiVersion: 'telemetry.istio.io/v1',
    kind: 'Telemetry',
    metadata: {
      name: `decision-${app}`,
      namespace: app === 'frontend' ? APP_NAMESPACE : 'istio-system',
    },
    spec: {
      selector: { matchLabels: { app } },
      tracing: [{ randomSamplingPercentage: percent }],
    },
  };
}

async function setPercent(
  admin: KubeApi,
  { envoyAdmin }: LabEndpoints,
  app: 'frontend' | 'istio-ingressgateway',
  percent: number,
): Promise<void> {
  await admin.apply(telemetry(app, percent));
  const envoy =
    envoyAdmin[app === 'frontend' ? 'frontend-v1' : 'istio-ingressgateway'];
  await waitUntil(
    `${percent} % at ${app}`,
    async () => {
      const listeners = await envoyTracing(envoy);
      return listeners
        .filter(({ enabled }) => enabled)
        .every(
          ({ randomSamplingPercent }) => randomSamplingPercent === percent,
        );
    },
    undefined,
    20_000,
  );
}

/** What the verdict claims of requests that bring a decision along. */
function claimedPercent(
  effect: SamplingEffect,
  decision: IncomingDecision,
): number {
  switch (decision) {
    case 'nothing':
      return effect.afterPercent;
    case 'request id and traceparent, sampled':
      return effect.startedElsewhere === 'not-traced' ? 0 : 100;
    case 'traceparent alone, sampled':
      return effect.keptAfterPercent;
    default:
      return 0;
  }
}

const DECISIONS: IncomingDecision[] = [
  'request id and traceparent, sampled',
  'request id and traceparent, not sampled',
  'traceparent alone, sampled',
  'traceparent alone, not sampled',
  'nothing',
];

async function checkDecisions(
  checks: CheckList,
  admin: KubeApi,
  endpoints: LabEndpoints,
  signal: AbortSignal,
): Promise<void> {
  await checks.check(`the gateway samples ${GATEWAY_PERCENT} %`, () =>
    setPercent(admin, endpoints, 'istio-ingressgateway', GATEWAY_PERCENT),
  );
  for (const [index, percent] of FRONTEND_PERCENTS.entries()) {
    signal.throwIfAborted();
    const before = effectiveAt(FRONTEND_PERCENTS[1 - index] ?? 0);
    const effect = effectOfSampling({
      before,
      after: effectiveAt(percent),
      proxy: 'sidecar',
      proxyVersion: '1.31.0',
      seen: null,
    });
    await checks.check(`the frontend samples ${percent} %`, () =>
      setPercent(admin, endpoints, 'frontend', percent),
    );
    for (const decision of DECISIONS) {
      await checks.check(
        `of requests with ${decision}, at ${percent} %`,
        async () => {
          const { sampled, statuses } = await sendRequests({
            url: endpoints.frontend,
            count: REQUESTS,
            headersOf: () => decisionHeaders(decision),
            signal,
          });
          assert.deepEqual(statuses, { 200: REQUESTS });
          return assertShare(sampled, claimedPercent(effect, decision));
        },
      );
    }
    await checks.check(
      `what the gateway samples at ${GATEWAY_PERCENT} % stays at ${percent} %, and nothing is added`,
      async () => {
        const { sampled } = await sendRequests({
          url: endpoints.gateway,
          count: REQUESTS,
          signal,
        });
        return assertShare(sampled, GATEWAY_PERCENT);
      },
    );
  }
}

/**
 * Sends requests with and without a sampling decision to a real Envoy, below and
 * above the percentage of the proxy before it, and compares what is sampled with
 * what the product's verdict claims. Starts a lab of its own and stops it.
 *
 * @returns true when every check passed
 */
export async function runDecisionCheck(
  options: DecisionCheckOptions,
): Promise<boolean> {
  const { lab: name, signal, print } = options;
  const checks = CheckList.create(print);
  await withAdministeredLab({ name, signal }, ({ admin, endpoints }) =>
    checkDecisions(checks, admin, endpoints, signal),
  );
  return checks.finish();
}
