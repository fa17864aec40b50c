import { buildPrograms } from '../build/buildPrograms';
import { CheckList } from '../checks/CheckList';
import { startLab } from '../lifecycle/startLab';
import { withOwnLab } from '../lifecycle/withOwnLab';
import { MeshLab } from './lab/MeshLab';
import { comparePage, type Proven } from './page/comparePage';
import type { ProvenSetup } from './page/ProvenSetup';
import type { HealthySetup } from './PlantedSetup';
import { runBroken, runHealthy } from './runSetup';
import { brokenSetups } from './setups/allSetups';
import { healthySetups } from './setups/healthySetups';

/** How the planted set-ups are tried. */
export interface DiagnosisCheckOptions {
  lab: string;
  /** Whether the table in the docs is written instead of compared. */
  write: boolean;
  signal: AbortSignal;
  print: (line: string) => void;
}

async function checkSetups(
  checks: CheckList,
  lab: MeshLab,
  signal: AbortSignal,
): Promise<Proven> {
  const broken: ProvenSetup[] = [];
  const healthy: HealthySetup[] = [];
  for (const setup of brokenSetups) {
    signal.throwIfAborted();
    const { rung, code } = setup.expected;
    await checks.check(
      `${setup.name}: diagnosed as ${code} on the rung ${rung}, and mended by what the product gives`,
      async () => {
        const result = await runBroken(lab, setup);
        broken.push(result);
        return `${result.seen}; ${result.mend.kind}; ${result.back} (${result.times})`;
      },
    );
    await lab.restore();
  }
  for (const setup of healthySetups) {
    signal.throwIfAborted();
    await checks.check(`${setup.name}: called healthy`, async () => {
      const words = await runHealthy(lab, setup);
      healthy.push(setup);
      return words;
    });
    await lab.restore();
  }
  return { broken, healthy };
}

/**
 * Plants set-ups in which traces are missing one after another in a lab of its own,
 * asks the product why, applies the mend that it gives, and looks for traces; then some
 * in which nothing is wrong.
 *
 * @returns true when every check passed
 */
export async function runDiagnosisCheck(
  options: DiagnosisCheckOptions,
): Promise<boolean> {
  const { lab: name, signal, print, write } = options;
  const checks = CheckList.create(print);
  await buildPrograms({ only: 'kubectl', signal, log: print });
  await withOwnLab(name, async () => {
    await startLab({ name, signal });
    const lab = await MeshLab.open(name);
    try {
      const proven = await checkSetups(checks, lab, signal);
      await checks.check('docs/diagnosis.md says what this run proved', () =>
        comparePage(proven, write),
      );
    } finally {
      await lab.close();
    }
  });
  return checks.finish();
}
