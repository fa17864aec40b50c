import { withoutEnd } from 'backstage-plugin-mesh-tracing-common';
import type {
  TraceReadOptions,
  TraceStoreProblem,
} from 'backstage-plugin-mesh-tracing-node';
import type { JaegerStoreConfig } from '../config/JaegerStoreConfig';
import { looksLikeJson } from '../dialects/answerWords';
import { baseUrlOf } from '../http/baseUrl';
import type { StoreResponse } from '../http/readResponse';
import { StoreHttpClient } from '../http/StoreHttpClient';

/** Where query services usually stand, besides where they were looked for. */
const USUAL_PATHS = ['', '/jaeger', '/tracing', '/jaeger/ui', '/jaeger-query'];
/** Both APIs that list services; one of them is in every Jaeger. */
const PROBES = ['/api/services', '/api/v3/services'];
const MAX_PATHS = 7;
const TIMEOUT_MS = 1_500;
const PAGE_BYTES = 128 * 1024;

const LOGIN =
  /type\s{0,5}=\s{0,5}["']?password|\b(?:log|sign)[ -]?in\b|oauth2|openid|\bsso\b/i;
const JAEGER_PAGE = /<title>\s{0,20}Jaeger|JAEGER_(?:CONFIG|VERSION)/i;
const BASE_HREF = /<base\s{1,5}href\s{0,5}=\s{0,5}["']([^"']{1,200})["']/i;

type Found = Pick<
  TraceStoreProblem,
  'answersAtPath' | 'isSameHost' | 'pathInUrl' | 'standsThere'
>;

/**
 * Finds out what stands at an address where no store answers: a few requests to the
 * configured host, with the same credentials, and to no other.
 *
 * @throws only the reason of the signal
 */
export async function lookAtAddress(
  config: JaegerStoreConfig,
  problem: TraceStoreProblem,
  options: TraceReadOptions,
): Promise<Found> {
  const base = baseUrlOf(config);
  const path = base.pathname.replace(/\/$/, '');
  const client = StoreHttpClient.create({
    ...config,
    url: base.origin,
    basePath: undefined,
    timeoutMs: TIMEOUT_MS,
  });
  try {
    const page = await read(client, `${path}/api/services`, options);
    const answersAtPath = await findPath(
      client,
      pathsToTry(path, page),
      options,
    );
    const standsThere = kindOf(page);
    const pathInUrl = new URL(config.url).pathname.replace(/\/$/, '');
    return {
      ...(problem.host === undefined
        ? {}
        : { isSameHost: problem.host.split(':')[0] === base.hostname }),
      ...(answersAtPath === undefined ? {} : { answersAtPath }),
      ...(standsThere ? { standsThere } : {}),
      ...(pathInUrl ? { pathInUrl } : {}),
    };
  } finally {
    await client.close();
  }
}

async function read(
  client: StoreHttpClient,
  path: string,
  options: TraceReadOptions,
): Promise<StoreResponse | undefined> {
  try {
    return await client.get(path, options);
  } catch {
    options.signal?.throwIfAborted();
    return undefined;
  }
}

function textOf({ body }: StoreResponse): string {
  return Buffer.from(body.subarray(0, PAGE_BYTES)).toString('utf8');
}

function kindOf(
  response: StoreResponse | undefined,
): TraceStoreProblem['standsThere'] {
  if (!response) {
    return undefined;
  }
  const text = textOf(response);
  if (JAEGER_PAGE.test(text)) {
    return 'jaeger-page';
  }
  const isPage = text.trimStart().startsWith('<');
  if (isPage && LOGIN.test(text)) {
    return 'login-page';
  }
  return isPage ? 'page' : 'something-else';
}

/** What the page itself says, the paths above, and the usual ones. */
function pathsToTry(path: string, page: StoreResponse | undefined): string[] {
  const told = BASE_HREF.exec(page ? textOf(page) : '')?.[1];
  const parts = path.split('/').filter(part => part !== '');
  const above = parts.map((_, at) => `/${parts.slice(0, at).join('/')}`);
  const all = [...(told ? [told] : []), ...above, ...USUAL_PATHS]
    .filter(one => /^(?:\/[\w.~-]{1,100})*\/?$/.test(one))
    .map(one => withoutEnd(one, '/'));
  return [...new Set(all)].filter(one => one !== path).slice(0, MAX_PATHS);
}

async function findPath(
  client: StoreHttpClient,
  paths: string[],
  options: TraceReadOptions,
): Promise<string | undefined> {
  const found = await Promise.all(
    paths.map(async path => {
      for (const probe of PROBES) {
        const response = await read(client, `${path}${probe}`, options);
        if (response && isList(response)) {
          return path;
        }
      }
      return undefined;
    }),
  );
  return found.find(path => path !== undefined);
}

/** `{"data": […]}` of the legacy API, `{"services": […]}` of v3. */
function isList(response: StoreResponse): boolean {
  return (
    response.status === 200 &&
    looksLikeJson(response.body) &&
    /"(?:data|services)"\s{0,5}:\s{0,5}(?:\[|null)/.test(
      textOf(response).slice(0, 2_000),
    )
  );
}
