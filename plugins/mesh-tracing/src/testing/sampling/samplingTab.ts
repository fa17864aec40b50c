import type {
  SamplingAbility,
  TracingResponse,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshTracingApi } from '../../shared/api/MeshTracingApi';
import { fakeApi, type FakeApi } from '../fakeApi';
import { renderTab } from '../renderTab';
import { tracingResponse, workloadTracing } from '../tracingFixtures';

/** What the view of sampling gets of one workload. */
export function samplingResponse(
  item: Partial<WorkloadTracing> = {},
  ability: Partial<SamplingAbility> = {},
): TracingResponse {
  const response = tracingResponse({ workloads: [workloadTracing(item)] });
  return { ...response, ability: { ...response.ability, ...ability } };
}

/** An API that tells of one workload, and of what the user may do with it. */
export function samplingApi(
  options: {
    item?: Partial<WorkloadTracing>;
    ability?: Partial<SamplingAbility>;
  },
  patch: Partial<MeshTracingApi> = {},
): FakeApi {
  return fakeApi({
    getTracing: async () => samplingResponse(options.item, options.ability),
    ...patch,
  });
}

/** Shows the view of sampling, which does not refresh by itself then. */
export function renderSampling(api?: FakeApi) {
  return renderTab({ api, search: '?view=sampling&auto=off' });
}

/** The same with the form open. */
export function renderSamplingForm(api?: FakeApi) {
  return renderTab({ api, search: '?view=sampling&auto=off&change=true' });
}
