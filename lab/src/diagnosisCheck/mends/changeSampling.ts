import { randomUUID } from 'node:crypto';
import type { BrokenSetup } from '../PlantedSetup';
import type { MeshLab } from '../lab/MeshLab';
import { runCommand } from './runCommand';

const HOUR_MS = 3_600_000;

/**
 * What the button does: an override of the workload's sampling by the product or, where
 * somebody else's object says it, the command that the product hands over for it.
 */
export async function changeSampling(
  lab: MeshLab,
  { entity, workload: name }: Pick<BrokenSetup, 'entity' | 'workload'>,
): Promise<void> {
  const { workloads } = await lab.portal.ask('workloads', { entity });
  const found = workloads.find(workload => workload.name === name);
  if (!found) throw new Error(`The product shows no workload ${name}.`);
  const { cluster, namespace, kind } = found;
  const override = {
    workload: { cluster, namespace, kind, name },
    samplingPercent: 100,
    expiresAt: new Date(Date.now() + HOUR_MS).toISOString(),
  };
  const preview = await lab.portal.ask('preview', { entity, body: override });
  if (preview.handover) {
    const { admin } = lab.endpoints.kubeconfig;
    await runCommand(preview.handover.command, admin);
    return;
  }
  if (!preview.token) {
    throw new Error(`The preview refuses: ${JSON.stringify(preview.verdicts)}`);
  }
  await lab.portal.ask('apply', {
    entity,
    body: { override, token: preview.token, requestId: randomUUID() },
  });
}
