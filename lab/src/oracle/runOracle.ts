import { admissionDifferences } from './compare/compareAdmission';
import { generateRounds } from './generate/generateRound';
import { OracleLab } from './istiod/OracleLab';
import { STATES_PER_ROUND, type IstiodSettings } from './generate/OracleRound';
import { plotObjects } from './generate/plotObjects';
import {
  mutatedTelemetries,
  questionableTelemetries,
} from './generate/questionableTelemetries';
import { reportMismatch } from './compare/reportMismatch';
import { runRound, type Mismatch } from './runRound';

/** How a comparison with istiod runs. */
export interface OracleOptions {
  /** How many random chains. */
  chains: number;
  seed: number;
  /** Name of the lab that is started for it. */
  lab: string;
  signal: AbortSignal;
  print: (line: string) => void;
}

/** As many chains as are written at once. */
const PLOTS = 40;
/** How many random Telemetries with something wrong are judged. */
const MUTATIONS = 300;

async function compareAdmissions(
  lab: OracleLab,
  seed: number,
): Promise<{
  count: number;
  mismatches: Mismatch[];
}> {
  const mismatches: Mismatch[] = [];
  const all = [
    ...questionableTelemetries(),
    ...mutatedTelemetries(seed, MUTATIONS),
  ];
  await Promise.all(
    all.map(async ({ about, telemetry }) => {
      const admission = await lab.write(telemetry, true);
      const differences = admissionDifferences(telemetry, admission).map(
        difference => ({ ...difference, what: `${about}: ${difference.what}` }),
      );
      if (differences.length > 0) mismatches.push({ telemetry, differences });
    }),
  );
  return { count: all.length, mismatches };
}

async function prepare(
  lab: OracleLab,
  plots: number,
  settings?: IstiodSettings,
): Promise<void> {
  const { namespaces, others } = plotObjects(plots);
  await lab.create(namespaces);
  await lab.create(others);
  if (settings) await lab.configureIstiod(settings);
  await lab.deleteTelemetries(['istio-system', 'bookinfo']);
  const gateways = others.filter(
    ({ kind, apiVersion }) =>
      kind === 'Gateway' && apiVersion.startsWith('gateway.networking.k8s.io'),
  );
  await lab.waitForGateways(gateways.length);
}

async function compareAll(
  lab: OracleLab,
  options: OracleOptions,
): Promise<boolean> {
  const { chains, seed, print, signal } = options;
  const plots = Math.max(STATES_PER_ROUND, Math.min(PLOTS, chains));
  const rounds = generateRounds(seed, chains, plots);
  print(`${chains} chains of seed ${seed}`);
  await prepare(lab, plots, rounds[0]?.istiod);
  const admissions = await compareAdmissions(lab, seed);
  let passed = admissions.count - admissions.mismatches.length;
  let failed = admissions.mismatches.length;
  const report = (mismatches: Mismatch[]) =>
    mismatches.forEach(mismatch => print(reportMismatch(mismatch)));
  report(admissions.mismatches);
  print(`${admissions.count} verdicts on questionable Telemetries compared`);
  for (const [index, round] of rounds.entries()) {
    signal.throwIfAborted();
    const startMs = Date.now();
    const result = await runRound(lab, round, plots);
    const seconds = ((Date.now() - startMs) / 1000).toFixed(1);
    const differences = result.mismatches.flatMap(item => item.differences);
    passed += result.comparisons - differences.length;
    failed += differences.length;
    report(result.mismatches);
    print(
      `round ${index + 1} of ${rounds.length}: ${result.chains} chains, ` +
        `${result.proxies} proxies, ${result.telemetries} Telemetries ` +
        `(${result.refused} refused), ${result.comparisons} comparisons, ` +
        `${differences.length} mismatches, ${seconds} s`,
    );
  }
  print(`${passed} passed, ${failed} failed`);
  return failed === 0;
}

/**
 * Compares the resolver with istiod on random chains, in a lab of its own that
 * is gone afterwards.
 *
 * @returns true when they agree in everything
 */
export async function runOracle(options: OracleOptions): Promise<boolean> {
  const lab = await OracleLab.start(options.lab, options.signal);
  try {
    return await compareAll(lab, options);
  } finally {
    await lab.stop();
  }
}
