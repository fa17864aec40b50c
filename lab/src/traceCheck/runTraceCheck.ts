import assert from 'node:assert/strict';
import {
  JaegerTraceStore,
  type JaegerDialect,
} from 'backstage-plugin-mesh-tracing-backend/src/tracestore';
import { KubeApi } from '../kubernetes/KubeApi';
import { labPaths } from '../lifecycle/LabState';
import { labStatus, type LabEndpoints } from '../lifecycle/labStatus';
import { withOwnLab } from '../lifecycle/withOwnLab';
import { startLab } from '../lifecycle/startLab';
import { CheckList } from '../checks/CheckList';
import { quietLogger } from '../checks/quietLogger';
import { traceEverything } from '../checks/traceEverything';
import { sendRequests } from '../traffic/sendRequests';
import { compareDialects } from './compareDialects';
import { sendCraftedTraces } from './craftedTraces';
import { checkEveryTraceOnce } from './everyTraceOnce';
import { checkReservedTags } from './reservedTags';
import { checkSampledHour } from './sampledHour';

const REQUESTS = 200;
const CRAFTED = 10;

/** How a check of the trace store's dialects runs. */
export interface TraceCheckOptions {
  /** Name of the private lab. */
  lab: string;
  signal: AbortSignal;
  print: (line: string) => void;
}

function storeOf(url: string, dialect?: JaegerDialect): JaegerTraceStore {
  return JaegerTraceStore.create(
    { name: dialect ?? 'auto', url, dialect },
    quietLogger,
  );
}

/** What depends on which traces a storage returns when there are more than the limit. */
async function checkManyTraces(
  checks: CheckList,
  { otlpHttp, jaegerQuery }: LabEndpoints,
  store: JaegerTraceStore,
): Promise<void> {
  const storage = 'memory';
  await checkSampledHour({ checks, storage, otlpHttp, store });
  await checkEveryTraceOnce({
    checks,
    storage,
    collectors: [otlpHttp],
    jaegerQuery,
    storeOf: dialect => storeOf(jaegerQuery, dialect),
  });
}

async function checkTraces(
  checks: CheckList,
  lab: string,
  endpoints: LabEndpoints,
): Promise<void> {
  const admin = KubeApi.asAdmin(labPaths(lab).folder);
  const legacy = storeOf(endpoints.jaegerQuery, 'legacy');
  const v3 = storeOf(endpoints.jaegerQuery, 'v3');
  const auto = storeOf(endpoints.jaegerQuery);
  try {
    await checks.check('100 % is in force at the frontend', () =>
      traceEverything(admin, endpoints, 'trace-check'),
    );
    await checks.check(
      'probing finds how this Jaeger is searched',
      async () => {
        const { reachable, dialect, version } = await auto.status();
        assert.deepEqual([reachable, dialect], [true, 'legacy']);
        return version;
      },
    );
    const startTimeMs = Date.now();
    let traceIds: string[] = [];
    await checks.check('each request is traced', async () => {
      const sent = await sendRequests({
        url: endpoints.frontend,
        count: REQUESTS,
      });
      traceIds = sent.traceIds;
      assert.equal(sent.sampled, REQUESTS);
    });
    let craftedIds: string[] = [];
    await checks.check('Jaeger takes what Envoy never sends', async () => {
      craftedIds = await sendCraftedTraces(endpoints.otlpHttp, CRAFTED);
    });
    await compareDialects({
      checks,
      legacy,
      v3,
      startTimeMs,
      traceIds,
      craftedIds,
    });
    await checkManyTraces(checks, endpoints, auto);
    await checkReservedTags({ checks, lab, endpoints });
  } finally {
    admin.close();
    await Promise.all([legacy, v3, auto].map(store => store.stop()));
  }
}

/**
 * Asks a real Jaeger the same through two dialects of its API and compares the
 * answers. Starts a lab of its own and stops it.
 *
 * @returns true when every check passed
 */
export async function runTraceCheck(
  options: TraceCheckOptions,
): Promise<boolean> {
  const { lab: name, signal, print } = options;
  const checks = CheckList.create(print);
  await withOwnLab(name, async () => {
    const isUp = await checks.check('the lab starts', async () => {
      assert.equal((await startLab({ name, signal })).state, 'up');
    });
    const { endpoints } = labStatus(name);
    if (isUp && endpoints) {
      await checkTraces(checks, name, endpoints);
    }
  });
  return checks.finish();
}
