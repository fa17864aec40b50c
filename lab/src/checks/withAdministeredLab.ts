import assert from 'node:assert/strict';
import { KubeApi } from '../kubernetes/KubeApi';
import { labPaths } from '../lifecycle/LabState';
import { labStatus, type LabEndpoints } from '../lifecycle/labStatus';
import { startLab } from '../lifecycle/startLab';
import { withOwnLab } from '../lifecycle/withOwnLab';

/** A lab that runs, with all rights on its API server. */
export interface AdministeredLab {
  admin: KubeApi;
  endpoints: LabEndpoints;
}

/**
 * Starts a lab of its own for the work, and stops it whatever comes of it.
 *
 * @throws as {@link withOwnLab} and {@link startLab}; what the work throws
 */
export async function withAdministeredLab(
  { name, signal }: { name: string; signal: AbortSignal },
  work: (lab: AdministeredLab) => Promise<void>,
): Promise<void> {
  await withOwnLab(name, async () => {
    await startLab({ name, signal });
    const { endpoints } = labStatus(name);
    assert.ok(endpoints, 'the lab is down');
    const admin = KubeApi.asAdmin(labPaths(name).folder);
    try {
      await work({ admin, endpoints });
    } finally {
      admin.close();
    }
  });
}
