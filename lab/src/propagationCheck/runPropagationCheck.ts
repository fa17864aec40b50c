import assert from 'node:assert/strict';
import { KubeApi } from '../kubernetes/KubeApi';
import { CheckList } from '../checks/CheckList';
import { labPaths } from '../lifecycle/LabState';
import { labStatus } from '../lifecycle/labStatus';
import { startLab } from '../lifecycle/startLab';
import { withOwnLab } from '../lifecycle/withOwnLab';
import { checkMisbehaviour } from './misbehaviourChecks';
import { ReviewsRoom } from './ReviewsRoom';
import { checkSnippets } from './snippetChecks';

/** How a check of what the product tells about propagation runs. */
export interface PropagationCheckOptions {
  /** Name of the private lab. */
  lab: string;
  signal: AbortSignal;
  print: (line: string) => void;
}

/**
 * Compares what the product tells about header propagation with what a service did,
 * behind real Envoys, and shows that the programs of the examples repair it. Starts a
 * lab of its own and stops it.
 *
 * @returns true when every check passed
 */
export async function runPropagationCheck(
  options: PropagationCheckOptions,
): Promise<boolean> {
  const { lab: name, signal, print } = options;
  const checks = CheckList.create(print);
  await withOwnLab(name, async () => {
    const isUp = await checks.check('the lab starts', async () => {
      assert.equal((await startLab({ name, signal })).state, 'up');
    });
    const { endpoints } = labStatus(name);
    if (!isUp || !endpoints) {
      return;
    }
    const admin = KubeApi.asAdmin(labPaths(name).folder);
    const reviews = ReviewsRoom.create(endpoints, admin, signal);
    try {
      await checks.check('every request is traced', () =>
        reviews.traceEverything(),
      );
      await checkMisbehaviour(checks, reviews);
      await checkSnippets({ checks, reviews, endpoints, signal, print });
    } finally {
      admin.close();
      await reviews.close();
    }
  });
  return checks.finish();
}
