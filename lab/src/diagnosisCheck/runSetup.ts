import { setTimeout as delay } from 'node:timers/promises';
import type {
  DiagnosisRung,
  WorkloadDiagnosis,
} from 'backstage-plugin-mesh-tracing-common';
import type { BrokenSetup, HealthySetup } from './PlantedSetup';
import type { MeshLab } from './lab/MeshLab';
import { sendPages, untilNoTraces, untilTraces } from './lab/traffic';
import { Stopwatch } from './Stopwatch';
import { applyMend, checkObjects, chooseMend } from './mends/applyMend';
import type { ProvenSetup } from './page/ProvenSetup';

const LIMIT_MS = 20_000;
const POLL_MS = 250;

/** What the product says of a workload, over HTTP. */
async function ask(
  lab: MeshLab,
  { entity, workload }: HealthySetup,
  startTimeMs: number,
): Promise<WorkloadDiagnosis> {
  const { workloads } = await lab.portal.ask('diagnosis', {
    entity,
    query: { startTimeMs },
  });
  const found = workloads.find(each => each.workload.name === workload);
  if (!found) throw new Error(`No ladder for ${workload}.`);
  return found;
}

/** Rungs that are not in order, as one line each. */
export function describeLadder({ rungs }: WorkloadDiagnosis): string {
  return rungs
    .filter(({ verdict }) => verdict !== 'good')
    .map(({ id, verdict, code, cause }) => `${id} ${verdict} ${code}: ${cause}`)
    .join('\n        ');
}

/** Asks until the ladder is as wanted: the product's watches follow the mesh. */
async function untilLadder(
  lab: MeshLab,
  setup: HealthySetup,
  isWanted: (ladder: WorkloadDiagnosis) => boolean,
): Promise<WorkloadDiagnosis> {
  // Of what was before, other set-ups were the reason.
  const sinceMs = await sendPages(lab, setup.way, setup.pages);
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const ladder = await ask(lab, setup, sinceMs);
    if (isWanted(ladder)) return ladder;
    if (Date.now() > deadline) {
      throw new Error(`the ladder says\n        ${describeLadder(ladder)}`);
    }
    await delay(POLL_MS);
    // Traffic goes on, so that what is not sure yet becomes so.
    await sendPages(lab, setup.way, setup.pages);
  }
}

function firstRung({ firstRung: id, rungs }: WorkloadDiagnosis) {
  return rungs.find(rung => rung.id === id);
}

function traced(lab: MeshLab, setup: HealthySetup): Promise<string> {
  const { entity, way = 'frontend' } = setup;
  return untilTraces(lab, { entity, service: `${entity}.bookinfo`, way });
}

/**
 * Plants a set-up in which traces are missing, lets the product say why, applies the
 * mend that it gives, and waits for traces.
 *
 * @throws Error that says on which of these steps it failed
 */
export async function runBroken(
  lab: MeshLab,
  setup: BrokenSetup,
): Promise<ProvenSetup> {
  const { entity, way = 'frontend', expected } = setup;
  const times = Stopwatch.start();
  await setup.plant(lab);
  times.lap('planted');
  const seen = setup.seen
    ? await setup.seen(lab)
    : await untilNoTraces(lab, `${entity}.bookinfo`, way);
  const ladder = await untilLadder(lab, setup, candidate => {
    const first = firstRung(candidate);
    return first?.id === expected.rung && first.code === expected.code;
  });
  times.lap('diagnosed');
  const rung = firstRung(ladder) as DiagnosisRung;
  await checkObjects(lab, rung.mends);
  const mend = chooseMend(rung.mends, setup.wanted);
  try {
    await applyMend(lab, setup, mend);
    const back = setup.mended
      ? await setup.mended(lab)
      : await traced(lab, setup);
    times.lap('mended');
    await untilLadder(
      lab,
      setup,
      ({ rungs }) =>
        !rungs.some(
          ({ code, verdict }) =>
            code === expected.code && verdict === rung.verdict,
        ),
    );
    times.lap('looked again');
    return { setup, rung, mend, seen, back, times: times.toString() };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new Error(`${words} The mend was ${JSON.stringify(mend)}`);
  }
}

/**
 * Plants a set-up in which nothing is wrong, and lets the product say so.
 *
 * @throws Error with what it says instead
 */
export async function runHealthy(
  lab: MeshLab,
  setup: HealthySetup,
): Promise<string> {
  await setup.plant(lab);
  const seen = setup.seen ? await setup.seen(lab) : await traced(lab, setup);
  const ladder = await untilLadder(
    lab,
    setup,
    ({ firstRung: first }) => first === undefined,
  );
  return `${ladder.verdict}, ${seen}`;
}
