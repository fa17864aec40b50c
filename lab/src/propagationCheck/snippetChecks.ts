import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  judgePropagationRung,
  propagationSnippets,
  type PropagationSnippet,
} from 'backstage-plugin-mesh-tracing-common';
import type { CheckList } from '../checks/CheckList';
import { APP_NAMESPACE } from '../kubernetes/meshWorkloads';
import { PORTS } from '../layout/LabLayout';
import { waitUntil } from '../lifecycle/componentProcess';
import type { LabEndpoints } from '../lifecycle/labStatus';
import { httpGet } from '../process/httpGet';
import { prepareSnippet, type SnippetCommand } from './prepareSnippet';
import { CALLER, type ReviewsRoom } from './ReviewsRoom';

const REQUESTS = 200;
/** Half of the requests go to the version that calls, give or take. */
const FEWEST_CALLS = 50;

interface SnippetCheck {
  checks: CheckList;
  reviews: ReviewsRoom;
  endpoints: LabEndpoints;
  signal: AbortSignal;
  print: (line: string) => void;
}

/** Where the caller's program listens, and where its Envoy takes calls. */
function addressesOf({ envoyAdmin }: LabEndpoints) {
  const { hostname } = new URL(envoyAdmin[CALLER]);
  const [, block, last] = /^(.*)\.(\d+)$/.exec(hostname) ?? [];
  return { own: hostname, egress: `${block}.${Number(last) + 1}` };
}

/**
 * The program calls its Envoy by address, as nothing resolves names here: ratings get
 * a second name that has this address.
 */
async function routeTo(reviews: ReviewsRoom, egress: string): Promise<void> {
  await reviews.admin.apply({
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name: 'snippet-peer', namespace: APP_NAMESPACE },
    spec: {
      hosts: ['ratings.snippets.lab'],
      addresses: [egress],
      location: 'MESH_INTERNAL',
      resolution: 'STATIC',
      ports: [{ number: PORTS.service, protocol: 'HTTP', name: 'http' }],
      workloadSelector: { labels: { app: 'ratings' } },
    },
  });
  await waitUntil(
    'the route of the programs',
    async () =>
      (await httpGet(`http://${egress}:${PORTS.service}/ratings/0`)).status ===
      200,
    reviews.signal,
    20_000,
  );
}

/** Runs a program in the caller's place while something is done. */
async function inPlace<T>(
  command: SnippetCommand,
  { endpoints, signal }: SnippetCheck,
  work: () => Promise<T>,
): Promise<T> {
  const { own, egress } = addressesOf(endpoints);
  const program = spawn(command.command, command.args, {
    cwd: command.cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      HOST: own,
      PORT: String(PORTS.app),
      PEER_URL: `http://${egress}:${PORTS.service}/ratings/0`,
      OTEL_SERVICE_NAME: `reviews.${APP_NAMESPACE}`,
      OTEL_PROPAGATORS: 'tracecontext,baggage',
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoints.otlpHttp,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_BSP_SCHEDULE_DELAY: '250',
      ...command.env,
    },
  });
  let errors = '';
  program.stderr.on('data', part => {
    errors = (errors + part).slice(-2_000);
  });
  const ended = once(program, 'exit');
  try {
    await waitUntil(
      'the program',
      async () => {
        assert.equal(program.exitCode, null, errors);
        const url = `http://${own}:${PORTS.app}/reviews/0`;
        return (await httpGet(url)).status === 200;
      },
      signal,
      60_000,
    );
    return await work();
  } finally {
    program.kill('SIGKILL');
    await ended;
  }
}

async function checkSnippet(
  snippet: PropagationSnippet,
  command: SnippetCommand,
  check: SnippetCheck,
): Promise<string> {
  const { analysis } = await inPlace(command, check, () =>
    check.reviews.burst(REQUESTS),
  );
  assert.ok(
    analysis.callCount >= FEWEST_CALLS,
    `only ${analysis.callCount} calls were seen`,
  );
  assert.deepEqual(
    {
      share: analysis.share,
      lost: analysis.requestIdLostCount,
      ...judged(analysis),
    },
    { share: 0, lost: 0, verdict: 'good', code: 'headers-forwarded' },
    JSON.stringify(analysis.kinds),
  );
  return `${snippet.file}: ${analysis.callCount} calls join, none starts a trace`;
}

function judged(analysis: Parameters<typeof judgePropagationRung>[0]) {
  const { verdict, code } = judgePropagationRung(analysis);
  return { verdict, code };
}

/** Each program of the examples, in place of the service that loses headers. */
export async function checkSnippets(check: SnippetCheck): Promise<void> {
  const { checks, reviews, endpoints, signal, print } = check;
  const isRouted = await checks.check(
    'programs reach ratings through their Envoy',
    () => routeTo(reviews, addressesOf(endpoints).egress),
  );
  if (!isRouted) {
    return;
  }
  await reviews.behave({ share: 1, forwards: 'none', seed: 9 });
  await reviews.listen(false);
  try {
    for (const snippet of propagationSnippets) {
      const { language, way } = snippet;
      const prepared = await prepareSnippet(snippet, signal);
      if ('skipped' in prepared) {
        print(`  skip  ${language}, ${way}: ${prepared.skipped}`);
        continue;
      }
      await checks.check(
        `the program in ${language}, ${way}, repairs what the service lost`,
        () => checkSnippet(snippet, prepared, check),
      );
    }
  } finally {
    await reviews.listen(true);
  }
}
