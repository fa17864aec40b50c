import type { DiagnosisMend, DiagnosisRung } from '../model/Diagnosis';
import { rungsOf } from '../model/rungsOf';
import type { StoreFacts, StoreProblemFacts } from './StoreFacts';
import { advice, storeConfig } from './storeMends';
import { storeRungCatalog, type StoreRungCode } from './storeRungCatalog';

const rungs = rungsOf(storeRungCatalog);

const NO_HOST = new Set(['ENOTFOUND', 'EAI_AGAIN']);
/** By the codes of OpenSSL and Node, and what plain HTTP looks like to TLS. */
const TLS = /CERT|TLS|SSL|VERIFY|ISSUER|HPE_INVALID/;
const TOO_SLOW = new Set(['timed-out', 'overloaded', 'rate-limited']);
const NO_STORE_THERE = new Set([
  'unexpected-answer',
  'no-dialect',
  'redirects-away',
  'redirects-in-circles',
]);
const AS_THEY_ARE: Readonly<Record<string, StoreRungCode>> = {
  'tenant-missing': 'store-tenant-missing',
  'tenant-unknown': 'store-tenant-unknown',
  'credentials-refused': 'store-credentials-refused',
  'dialect-missing': 'store-dialect-missing',
  'storage-failed': 'store-storage-failed',
  'behind-proxy': 'store-down',
};

/** The code of a rung for what is wrong with a store. */
function codeOf(problem: StoreProblemFacts): StoreRungCode {
  const { code, failure = '', standsThere } = problem;
  if (code === 'unreachable') {
    if (NO_HOST.has(failure)) return 'store-host-unknown';
    return TLS.test(failure) ? 'store-tls' : 'store-down';
  }
  if (TOO_SLOW.has(code)) return 'store-too-slow';
  if (problem.answersAtPath !== undefined && code !== 'tenant-unknown') {
    return 'store-wrong-path';
  }
  if (NO_STORE_THERE.has(code)) {
    if (problem.isSameHost) return 'store-moved';
    if (code === 'redirects-away' || standsThere === 'login-page') {
      return 'store-login-page';
    }
    return standsThere === 'jaeger-page'
      ? 'store-wrong-path'
      : 'store-not-jaeger';
  }
  return AS_THEY_ARE[code] ?? 'store-failed';
}

/** The rung of a store that can't be used. */
export function judgeStoreProblem(
  facts: StoreFacts,
  problem: StoreProblemFacts,
): DiagnosisRung {
  const code = codeOf(problem);
  return rungs.of(code, {
    cause: `${problem.message}.`,
    evidence: [
      {
        source: `Trace store ${facts.name}`,
        seen: seenOf(problem),
        atMs: facts.atMs,
      },
    ],
    mends: [...mendsOf(code, facts, problem), ...wordsOf(problem)],
  });
}

function seenOf({
  code,
  failure,
  status,
  host,
  standsThere,
  answersAtPath,
}: StoreProblemFacts): string {
  const parts = [
    `problem ${code}`,
    ...(failure ? [failure] : []),
    ...(status === undefined ? [] : [`status ${status}`]),
    ...(host ? [`redirect to ${host}`] : []),
    ...(standsThere ? [`a ${standsThere.replace('-', ' ')} stands there`] : []),
    ...(answersAtPath === undefined
      ? []
      : [`Jaeger answers under the path '${answersAtPath || '/'}'`]),
  ];
  return `${parts.join(', ')}.`;
}

function wordsOf({ whatToDo }: StoreProblemFacts): DiagnosisMend[] {
  return whatToDo
    ? [advice(`${whatToDo[0]?.toUpperCase()}${whatToDo.slice(1)}.`)]
    : [];
}

function mendsOf(
  code: StoreRungCode,
  facts: StoreFacts,
  problem: StoreProblemFacts,
): DiagnosisMend[] {
  const config = (what: string, jaeger: object) => [
    storeConfig(facts.name, what, jaeger),
  ];
  switch (code) {
    case 'store-down':
      return [
        {
          kind: 'command',
          what: 'Look whether the query service runs, and start it again',
          command:
            "kubectl get pods,services,endpointslices --all-namespaces | grep -iE 'jaeger|tracing|collector'",
        },
      ];
    case 'store-wrong-path':
      return wrongPathMends(facts, problem);
    case 'store-login-page':
    case 'store-credentials-refused':
      return config(
        'Give the portal a token that passes; or set url to the query service behind the login page',
        { auth: { type: 'bearer', token: '${TRACE_STORE_TOKEN}' } },
      );
    case 'store-tls':
      return config(
        "Name the file with the authority that signed the store's certificate",
        { tls: { caFile: '/etc/ssl/certs/trace-store-ca.crt' } },
      );
    case 'store-dialect-missing':
      return config('Let the portal find out what the store speaks', {
        dialect: 'auto',
      });
    case 'store-tenant-missing':
    case 'store-tenant-unknown':
      return tenantMends(facts);
    default:
      return [];
  }
}

function wrongPathMends(
  { name }: StoreFacts,
  { answersAtPath, pathInUrl }: StoreProblemFacts,
): DiagnosisMend[] {
  if (answersAtPath === undefined) {
    return [
      advice(
        "Set basePath to the path that Jaeger's own configuration has as base_path.",
      ),
    ];
  }
  return [
    storeConfig(
      name,
      pathInUrl
        ? `Leave the path '${pathInUrl}' out of url, and set the base path`
        : 'Set the base path under which Jaeger answers',
      { basePath: answersAtPath || '/' },
    ),
  ];
}

/** The tenant that the spans are written to, where the mesh says it. */
export function tenantMends({
  name,
  tenant,
  providerTenants = [],
}: StoreFacts): DiagnosisMend[] {
  const [written, ...others] = providerTenants;
  const isCertain = written !== undefined && others.length === 0;
  return [
    storeConfig(
      name,
      isCertain
        ? 'Read the tenant that the mesh sends its spans to'
        : 'Name the tenant that the spans are written to',
      {
        tenant: {
          ...(tenant && tenant.header !== 'x-tenant'
            ? { header: tenant.header }
            : {}),
          value: isCertain ? written : '${TRACE_STORE_TENANT}',
        },
      },
    ),
  ];
}
