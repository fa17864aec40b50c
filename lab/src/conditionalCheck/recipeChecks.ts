import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  forcingHeaders,
  parseRequestUrl,
  TRACE_ID_BYTES,
  traceIdsOf,
  writeRequest,
  type ForcingHop,
  type RequestLanguage,
} from 'backstage-plugin-mesh-tracing-common';
import type { CheckList } from '../checks/CheckList';
import type { ForcedMesh, ProviderName } from './ForcedMesh';
import type { ProductView } from './ProductView';

const run = promisify(execFile);

/** A percentage at which a request is traced by chance once in a thousand times. */
const LOW_PERCENT = 0.1;
/** So many in a row are no chance. */
const SENT_BY_CURL = 20;

/** How each language's text is run, as its user would. */
const RUNNERS: Record<
  RequestLanguage,
  (text: string, folder: string) => { file: string; args: string[] }
> = {
  curl: text => ({ file: '/bin/sh', args: ['-ec', text] }),
  javascript: text => ({
    file: process.execPath,
    args: ['--input-type=module', '--eval', text],
  }),
  python: text => ({ file: 'python3', args: ['-c', text] }),
  go: (text, folder) => {
    const path = join(folder, 'main.go');
    writeFileSync(path, text);
    return { file: 'go', args: ['run', path] };
  },
};

/** Sends one request by a hop's recipe; its trace id. */
async function send(
  hop: ForcingHop,
  address: string,
  language: RequestLanguage,
): Promise<string> {
  assert.ok(hop.headers, `there is no recipe: ${hop.refusal}`);
  const read = parseRequestUrl(address, 'http');
  assert.ok('url' in read, `${address} is no address`);
  const ids = traceIdsOf(randomBytes(TRACE_ID_BYTES));
  const text = writeRequest(language, {
    url: read.url,
    headers: forcingHeaders(hop.headers, ids),
  });
  const folder = mkdtempSync(join(tmpdir(), 'recipe-'));
  try {
    const { file, args } = RUNNERS[language](text, folder);
    const { stdout } = await run(file, args, { timeout: 60_000 });
    assert.match(stdout, /200/, `no answer with status 200: ${stdout}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return ids.traceId;
}

/** Where the lab's two kinds of hop are, and whose spans a trace from there holds. */
function placeOf(mesh: ForcedMesh, { kind }: ForcingHop) {
  const frontend = 'frontend.bookinfo';
  return kind === 'gateway'
    ? {
        address: mesh.endpoints.gateway,
        services: ['istio-ingressgateway.istio-system', frontend],
      }
    : { address: mesh.endpoints.frontend, services: [frontend] };
}

/**
 * Sends requests until the store has one: an exporter loses spans as long as it has
 * no connection to a collector that it was just told of.
 */
async function firstStored(
  mesh: ForcedMesh,
  hops: readonly ForcingHop[],
): Promise<number> {
  for (let sent = 1; sent <= 5; sent += 1) {
    const whole = await Promise.all(
      hops.map(async hop => {
        const { address, services } = placeOf(mesh, hop);
        const traceId = await send(hop, address, 'curl');
        return mesh.stored(traceId, services, 10_000).then(
          () => true,
          () => false,
        );
      }),
    );
    if (whole.every(Boolean)) {
      return sent;
    }
  }
  throw new Error('no request was found whole');
}

/**
 * Each recipe, in each language, sent to the gateway and to the sidecar at a
 * percentage that traces nearly nothing: each request is found under its id.
 */
export async function checkRecipes(
  checks: CheckList,
  { mesh, view }: { mesh: ForcedMesh; view: ProductView },
  provider: ProviderName,
): Promise<void> {
  await checks.check(`${provider} samples ${LOW_PERCENT} %`, () =>
    mesh.trace(provider, LOW_PERCENT),
  );
  const hops = await view.hops(provider);
  await checks.check(`spans of ${provider} reach the store`, async () => {
    const sent = await firstStored(mesh, hops);
    return `the first that did was request ${sent}`;
  });
  for (const hop of hops) {
    const { address, services } = placeOf(mesh, hop);
    const named = `${provider}, ${hop.kind}`;
    const found = (traceId: string) => mesh.stored(traceId, services);
    await checks.check(
      `${SENT_BY_CURL} of ${SENT_BY_CURL} requests by the recipe as curl are found under their ids: ${named}`,
      async () => {
        const traceIds: string[] = [];
        for (let sent = 0; sent < SENT_BY_CURL; sent += 1) {
          traceIds.push(await send(hop, address, 'curl'));
        }
        await Promise.all(traceIds.map(found));
        return `headers ${hop.headers}`;
      },
    );
    for (const language of ['javascript', 'python', 'go'] as const) {
      await checks.check(
        `a request by the recipe as ${language} is found under its id: ${named}`,
        async () => {
          const trace = await found(await send(hop, address, language));
          return `${trace.spanCount} spans of ${trace.services.join(', ')}`;
        },
      );
    }
  }
}
