import { expect } from '@playwright/test';
import { KubeApi, labStatus, type LabEndpoints } from 'lab';

/** The lab that the product under test is served on. */
export function theLab(): {
  name: string;
  endpoints: LabEndpoints;
  api: KubeApi;
} {
  const name = process.env.MESH_TRACING_LAB ?? '';
  const { endpoints, stateFolder } = labStatus(name);
  if (!endpoints) {
    throw new Error(`The lab '${name}' is down; run npm run test:lab`);
  }
  return { name, endpoints, api: KubeApi.asAdmin(stateFolder) };
}

/** Names of the Telemetries in a namespace, as the API server has them. */
export async function telemetryNames(
  api: KubeApi,
  namespace: string,
): Promise<string[]> {
  const { status, body } = await api.request(
    'GET',
    `/apis/telemetry.istio.io/v1/namespaces/${namespace}/telemetries`,
  );
  expect(status).toBe(200);
  const { items } = body as { items: Array<{ metadata: { name: string } }> };
  return items.map(item => item.metadata.name);
}
