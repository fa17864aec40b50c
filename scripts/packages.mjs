// Builds the backend's packages as they are published, and uses them in plain
// Node, without the transform that reads TypeScript: node scripts/packages.mjs
// Declarations must be there: yarn tsc writes them.
import assert from 'node:assert/strict';
import {
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { nodeModules, root, yarnRelease } from './lib/paths.mjs';
import { capture } from './lib/run.mjs';
import { supportedEnvironment, supportedNode } from './lib/supportedNode.mjs';

const PREFIX = 'backstage-plugin-';
const PUBLISHED = [
  'mesh-tracing-common',
  'mesh-tracing-node',
  'mesh-tracing-backend',
  'mesh-tracing-backend-module-demo',
];
/** Below the root, so that what the packages depend on is found. */
const workspace = join(nodeModules, '.cache', 'mesh-tracing-packages');

async function build(name) {
  const { code, stdout, stderr } = await capture(
    supportedNode(),
    [yarnRelease, 'workspace', PREFIX + name, 'build'],
    { cwd: root, env: supportedEnvironment() },
  );
  assert.equal(code, 0, stdout + stderr);
}

/** Installs what a package publishes, under its published manifest. */
function install(name) {
  const from = join(root, 'plugins', name);
  const to = join(workspace, 'node_modules', PREFIX + name);
  const manifest = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'));
  const { main, types } = manifest.publishConfig;
  mkdirSync(to, { recursive: true });
  for (const file of manifest.files) {
    cpSync(join(from, file), join(to, file), { recursive: true });
  }
  writeFileSync(
    join(to, 'package.json'),
    JSON.stringify({ ...manifest, main, types }),
  );
  rmSync(join(from, 'dist'), { recursive: true });
}

async function buildPackages() {
  await Promise.all(PUBLISHED.map(build));
  rmSync(workspace, { recursive: true, force: true });
  PUBLISHED.forEach(install);
  return createRequire(join(workspace, 'package.json'));
}

/** More than is read on the calling thread. */
function largeBody() {
  const traceID = 'a'.repeat(32);
  const spans = Array.from({ length: 3_000 }, (_, i) => ({
    traceID,
    spanID: (i + 1).toString(16).padStart(16, '0'),
    operationName: 'GET /',
    references: [],
    startTime: 1_790_000_000_000_000 + i,
    duration: 5,
    tags: [{ key: 'http.method', type: 'string', value: 'GET' }],
    logs: [],
    processID: 'p1',
    warnings: null,
  }));
  const processes = { p1: { serviceName: 'a', tags: [] } };
  return new TextEncoder().encode(
    JSON.stringify({ data: [{ traceID, spans, processes }], errors: null }),
  );
}

async function readThroughWorkers(load) {
  const { PooledTraceReader } = load(
    `${PREFIX}mesh-tracing-backend/dist/tracestore/workers/PooledTraceReader.cjs.js`,
  );
  const failures = [];
  const logger = { error: message => failures.push(message) };
  const reader = PooledTraceReader.create({ logger, threads: 1 });
  const filter = { services: ['a'], startTimeMs: 0, endTimeMs: 4e12 };
  try {
    const { table } = await reader.table({
      body: largeBody(),
      format: 'jaeger',
      filter,
      filterAttributes: false,
    });
    const analysis = await reader.analysis({
      tables: [table],
      limit: 10,
      request: {
        ...filter,
        subject: { services: ['a'], workloads: [] },
        slices: 2,
      },
    });
    assert.equal(analysis.spanCount, 3_000);
    const trace = await reader.trace({
      body: largeBody(),
      format: 'jaeger',
      traceId: 'a'.repeat(32),
    });
    let spanCount = 0;
    for await (const rows of trace?.rows() ?? []) {
      spanCount += rows.senderOf.length;
    }
    assert.equal(spanCount, 3_000);
  } catch (error) {
    throw new Error(failures.join('\n') || 'Reading failed', { cause: error });
  } finally {
    await reader.stop();
  }
}

const CHECKS = {
  'the backend loads': load =>
    assert.ok(load(`${PREFIX}mesh-tracing-backend`).default),
  'the demo module loads': load =>
    assert.ok(load(`${PREFIX}mesh-tracing-backend-module-demo`).default),
  'the worker threads read traces': readThroughWorkers,
};

await ensureDependencies();
const load = await buildPackages();
let failed = 0;
for (const [name, check] of Object.entries(CHECKS)) {
  try {
    await check(load);
    process.stdout.write(`ok     ${name}\n`);
  } catch (error) {
    failed += 1;
    process.stdout.write(`FAILED ${name}\n`);
    process.stderr.write(`${error.stack}\n`);
  }
}
rmSync(workspace, { recursive: true });
const passed = Object.keys(CHECKS).length - failed;
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
