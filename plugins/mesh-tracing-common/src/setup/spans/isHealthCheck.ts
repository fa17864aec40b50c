import type { Span } from '../../traces';

/** Where proxies and instrumentations tell the path, in old and in new words. */
const PATH_TAGS = ['url.path', 'http.target', 'http.route'] as const;
const URL_TAGS = ['url.full', 'http.url'] as const;
const AGENT_TAGS = [
  'user_agent.original',
  'user_agent',
  'http.user_agent',
] as const;

/** Paths that Kubernetes' own, Spring's, Istio's and common frameworks' probes have. */
const PATHS = new Set([
  '/healthz',
  '/health',
  '/health/live',
  '/health/ready',
  '/healthz/live',
  '/healthz/ready',
  '/readyz',
  '/livez',
  '/ready',
  '/readiness',
  '/live',
  '/liveness',
  '/startup',
  '/startupz',
  '/-/healthy',
  '/-/ready',
  '/actuator/health',
  '/actuator/health/liveness',
  '/actuator/health/readiness',
  '/grpc.health.v1.Health/Check',
  '/grpc.health.v1.Health/Watch',
]);

/** What kubelets and the load balancers of large clouds call themselves. */
const AGENTS = [
  'kube-probe/',
  'GoogleHC/',
  'ELB-HealthChecker/',
  'Amazon-Route53-Health-Check',
  'Edge Health Probe',
  'HealthChecker/',
];

const GRPC_HEALTH = 'grpc.health.v1.Health';

/** Whether a span is of a request that asks for nothing but a sign of life. */
export function isHealthCheck({ attributes, operation }: Span): boolean {
  const text = (name: string) => {
    const value = attributes[name];
    return typeof value === 'string' ? value : undefined;
  };
  return (
    operation.includes(GRPC_HEALTH) ||
    text('rpc.service') === GRPC_HEALTH ||
    PATH_TAGS.some(name => isHealthPath(text(name))) ||
    URL_TAGS.some(name => isHealthPath(pathOf(text(name)))) ||
    isHealthPath(operation.slice(operation.indexOf('/'))) ||
    AGENT_TAGS.some(name => AGENTS.some(agent => text(name)?.startsWith(agent)))
  );
}

function isHealthPath(path: string | undefined): boolean {
  if (path === undefined) {
    return false;
  }
  const [bare = ''] = path.split('?', 1);
  return PATHS.has(
    bare.length > 1 && bare.endsWith('/') ? bare.slice(0, -1) : bare,
  );
}

/** Path of a URL; proxies cut long ones, which `URL` would refuse. */
function pathOf(url: string | undefined): string | undefined {
  if (url === undefined) {
    return undefined;
  }
  const scheme = url.indexOf('://');
  const from = url.indexOf('/', scheme < 0 ? 0 : scheme + 3);
  return from < 0 ? undefined : url.slice(from);
}
