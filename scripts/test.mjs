// npm test: everything, with a closing line that counts.
import { labSuite, productSuite } from './lib/suites/browserSuites.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { checkCitations } from './lib/suites/citations.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ensureFrontend } from './lib/frontend.mjs';
import { lab, missingForLab } from './lib/labSession.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { ensurePrometheus } from './lib/prometheus.mjs';
import {
  countingProgram,
  labCheck,
  plainProgram,
  scriptTests,
  unitTests,
  yarnCheck,
} from './lib/suites/suites.mjs';
import { Tally } from './lib/suites/tally.mjs';

const CHROMIUM_HOW =
  'Install Chromium (Debian: apt-get install chromium) or set CHROMIUM_PATH, and run npm test again.';

const PROMETHEUS_HOW =
  'Have prometheus and promtool on the PATH (Debian: apt-get install prometheus), and run npm test again.';

const PROMETHEUS = { needsPrometheus: true };

/** Checks by name and folder: those of one list run in turn, the lists side by side. */
const LAB_CHECKS = [
  [
    ["Mesh configs and YAML against Istio's readers", 'meshConfigCheck'],
    ['Effective tracing against istiod', 'oracle'],
    ['Waypoints of an ambient mesh against istiod', 'ambientCheck'],
    ['Traces against Jaeger, in both dialects', 'traceCheck'],
    ['Sampling decisions against Envoy', 'decisionCheck'],
    ['Overrides against the API server and PostgreSQL', 'samplingCheck'],
    ['Findings about a set-up, and a collector that judges', 'setupCheck'],
  ],
  [
    ['Overrides under chaos, on the API server and PostgreSQL', 'chaosCheck'],
    ['One request and marked ones, traced for certain', 'conditionalCheck'],
  ],
  [
    [
      'Figures of all requests against Prometheus and Jaeger',
      'metricsCheck',
      PROMETHEUS,
    ],
    ['Alert rules against promtool and a lab', 'alertCheck', PROMETHEUS],
    ['Planted set-ups, diagnosed and mended', 'diagnosisCheck', PROMETHEUS],
    ['Propagation of headers behind Envoys', 'propagationCheck'],
  ],
];

/** Each check has a lab of its own and waits more than it works. */
async function checkOnLabs(tally) {
  await tally.step('The lab', () =>
    labCheck('selftest', { program: 'cli.ts', args: ['selftest'] }),
  );
  const hasPrometheus = await ensurePrometheus();
  await Promise.all(
    LAB_CHECKS.map(async checks => {
      for (const [name, folder, { needsPrometheus = false } = {}] of checks) {
        if (needsPrometheus && !hasPrometheus) {
          tally.leaveOut(name, PROMETHEUS_HOW);
        } else {
          await tally.step(name, () => labCheck(folder));
        }
      }
    }),
  );
}

/** Alone, since what it counts and measures suffers from others' work. */
async function checkOnProduction(tally) {
  const name = 'A trace store of several parts, while they are killed';
  const lacks = await missingForLab('production');
  if (lacks.length > 0) {
    tally.leaveOut(
      name,
      lacks.map(({ what, how }) => `${what}: ${how}`).join(' '),
    );
    return;
  }
  const built = await tally.step(
    'The programs of that trace store',
    async () => {
      return (await lab('build', '--profile', 'production')) === 0;
    },
  );
  if (built) {
    await tally.step(name, () => labCheck('productionCheck'));
  }
}

await ensureDependencies();
const tally = new Tally();

// The compiler uses one core.
await Promise.all([
  tally.step('Types', () => yarnCheck('tsc', '--incremental', 'false')),
  tally
    .step('Lint, with the import rule', () =>
      yarnCheck('backstage-cli', 'repo', 'lint', '--max-warnings', '0'),
    )
    .then(() =>
      tally.step('Format', () => yarnCheck('prettier', '--check', '.')),
    ),
]);
await tally.step('The structure, and the commands themselves', scriptTests);
await tally.step('The public names of each package', () =>
  plainProgram('scripts/apiReports.mjs'),
);
await tally.step('The packages as published, in plain Node', () =>
  plainProgram('scripts/packages.mjs'),
);
const postgres = await startPostgres().catch(error => error);
if (postgres instanceof Error) {
  tally.leaveOut('Unit tests on PostgreSQL', postgres.message);
  await tally.step('Unit tests', () => unitTests());
} else {
  try {
    await tally.step('Unit tests, on SQLite and PostgreSQL', () =>
      unitTests({
        BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING:
          postgres.connectionString,
      }),
    );
  } finally {
    await postgres.stop();
  }
}
await tally.step('Conformance with Istio', () =>
  countingProgram('plugins/mesh-tracing-common/scripts/conformance.ts'),
);

const chromium = await ensureChromium();
if (chromium) {
  await tally.step('Frontend build', async () => {
    await ensureFrontend();
    return true;
  });
  await tally.step('Product on the embedded mesh, in Chromium', () =>
    productSuite({ chromium }),
  );
} else {
  tally.leaveOut('Product on the embedded mesh, in Chromium', CHROMIUM_HOW);
}

const missing = await missingForLab();
if (missing.length === 0) {
  const built = await tally.step("The lab's programs", async () => {
    return (await lab('build')) === 0;
  });
  if (built) {
    await checkOnLabs(tally);
    await checkOnProduction(tally);
    if (chromium) {
      await tally.step('Product on the lab, in Chromium', () =>
        labSuite({ chromium }),
      );
    } else {
      tally.leaveOut('Product on the lab, in Chromium', CHROMIUM_HOW);
    }
  }
} else {
  const how = missing.map(({ what, how: get }) => `${what}: ${get}`).join(' ');
  tally.leaveOut('Everything on the lab', how);
}

await tally.step('The commands of the README, until they serve', () =>
  plainProgram('scripts/readMeCommands.mjs'),
);
await tally.step('Tests that the docs name as proof', () =>
  checkCitations(tally.tests),
);

// Exits by itself, so that no exit hook of a library makes a failed run pass.
process.exit(tally.close());
