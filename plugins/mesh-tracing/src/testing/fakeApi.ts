import { ResponseError } from '@backstage/errors';
import type { ErrorDetails } from 'backstage-plugin-mesh-tracing-common';
import type { MeshTracingApi } from '../shared/api/MeshTracingApi';
import { alertRulesResponse } from './alertFixtures';
import { dependenciesResponse } from './dependencyFixtures';
import { conditionalResponse, forcingResponse } from './forcingFixtures';
import { latencyResponse } from './latencyFixtures';
import { ownedResponse } from './ownedFixtures';
import { diagnosisResponse } from './diagnosisFixtures';
import { propagationResponse } from './propagationFixtures';
import { requestsResponse, tracedRequestsResponse } from './requestFixtures';
import {
  meshSetupFindingsResponse,
  ownedSetupFindingsResponse,
  requestRateResponse,
  setupFindingsResponse,
} from './setupFixtures';
import { historyResponse, previewResponse } from './sampling/samplingFixtures';
import { traceResponse, tracesResponse } from './traceFixtures';
import { overrideView, tracingResponse } from './tracingFixtures';
import { workloadsResponse } from './workloadFixtures';
import { yamlCheckResponse } from './yamlCheckFixtures';

/** An API whose methods are mock functions. */
export type FakeApi = {
  [Method in keyof MeshTracingApi]: jest.Mock<
    ReturnType<MeshTracingApi[Method]>,
    Parameters<MeshTracingApi[Method]>
  >;
};

/** An API that answers with the fixtures; parts can be replaced. */
export function fakeApi(patch: Partial<MeshTracingApi> = {}): FakeApi {
  const api: MeshTracingApi = {
    getWorkloads: async () => workloadsResponse(),
    getTracing: async () => tracingResponse(),
    checkYaml: async () => yamlCheckResponse(),
    getTraces: async () => tracesResponse(),
    getTrace: async () => traceResponse(),
    getLatency: async () => latencyResponse(),
    getDiagnosis: async () => diagnosisResponse(),
    getRequests: async () => requestsResponse(),
    getTracedRequests: async () => tracedRequestsResponse(),
    getDependencies: async () => dependenciesResponse(),
    getPropagation: async () => propagationResponse(),
    getReport: async () => '# Report',
    previewOverride: async () => previewResponse(),
    applyOverride: async () => ({ override: overrideView(), warnings: [] }),
    revertOverride: async () => ({ reverted: true }),
    getSamplingHistory: async () => historyResponse(),
    getSetupFindings: async () => setupFindingsResponse(),
    getRequestRate: async () => requestRateResponse(),
    getMeshSetupFindings: async () => meshSetupFindingsResponse(),
    getOwnedSetupFindings: async () => ownedSetupFindingsResponse(),
    getOwned: async () => ownedResponse(),
    getOwnedHistory: async () => historyResponse(),
    getForcing: async () => forcingResponse(),
    planConditionalTracing: async () => conditionalResponse(),
    locateTrace: async traceId => ({
      traceId,
      entities: [{ entityRef: 'component:default/checkout' }],
    }),
    makeAlertRules: async () => alertRulesResponse(),
    makeOwnedAlertRules: async () => alertRulesResponse(),
    ...patch,
  };
  return Object.fromEntries(
    Object.entries(api).map(([name, method]) => [name, jest.fn(method)]),
  ) as unknown as FakeApi;
}

/** An error as the backend answers it. */
export function responseError(
  status: number,
  message: string,
  meshTracing?: ErrorDetails,
): Promise<ResponseError> {
  return ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: { name: 'Error', message, meshTracing },
        response: { statusCode: status },
      }),
      { status, headers: { 'Content-Type': 'application/json' } },
    ),
  );
}
