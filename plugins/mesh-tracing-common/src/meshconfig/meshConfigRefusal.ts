import type { DecodedMessage } from './protojson/decodeProtoJson';
import { parseGoDuration } from './protojson/goDuration';

const MS = 1e6;
const SECOND = 1e9;
const HOUR = 3600e9;
const HOST_IP = '$(HOST_IP)';
const ADDRESS = /^(?:\[([^[\]]*)\]|([^:[\]]*)):(\d+)$/;
const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/i;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
const MAX_LABEL = 63;
const MAX_HOST = 255;
const ADDRESSES = ['statsdUdpAddress', 'envoyMetricsServiceAddress'] as const;
const TRACERS = ['zipkin', 'lightstep', 'datadog'] as const;

/**
 * Why istiod does not take a mesh config although it can read it (Istio:
 * ValidateMeshConfig); undefined when it takes it. Judged are ports, durations,
 * addresses, trust domains and what tracing depends on, not load balancing, TLS,
 * services of Envoy's own logs and metrics, and connection settings.
 *
 * @param mesh - decoded, over what was applied before
 */
export function meshConfigRefusal(mesh: DecodedMessage): string | undefined {
  const proxy = (mesh.defaultConfig as DecodedMessage | undefined) ?? {};
  return (
    badPort(mesh, 'proxyListenPort') ??
    badDuration(mesh, 'connectTimeout', {
      leastNs: MS,
      mostNs: HOUR,
      stepNs: MS,
    }) ??
    badDuration(mesh, 'protocolDetectionTimeout', { stepNs: MS }) ??
    badTrustDomain(mesh) ??
    proxyRefusal(proxy)
  );
}

function proxyRefusal(proxy: DecodedMessage): string | undefined {
  const empty = [
    'configPath',
    'binaryPath',
    'serviceCluster',
    'discoveryAddress',
  ].find(name => proxy[name] === '');
  const policy = proxy.controlPlaneAuthPolicy ?? 'NONE';
  return (
    (empty ? `defaultConfig.${empty} must not be empty` : undefined) ??
    badPort(proxy, 'proxyAdminPort', 'defaultConfig.') ??
    badPort(proxy, 'statusPort', 'defaultConfig.') ??
    badDuration(
      proxy,
      'drainDuration',
      { leastNs: MS, stepNs: SECOND },
      'defaultConfig.',
    ) ??
    (policy === 'NONE' || policy === 'MUTUAL_TLS'
      ? undefined
      : 'defaultConfig.controlPlaneAuthPolicy must be NONE or MUTUAL_TLS') ??
    badAddress(proxy.discoveryAddress, 'discoveryAddress') ??
    ADDRESSES.map(name => badAddress(proxy[name] || undefined, name)).find(
      Boolean,
    ) ??
    tracerRefusal((proxy.tracing as DecodedMessage | undefined) ?? {})
  );
}

function tracerRefusal(tracing: DecodedMessage): string | undefined {
  for (const kind of TRACERS) {
    const tracer = tracing[kind] as DecodedMessage | undefined;
    if (!tracer) continue;
    const { address = '' } = tracer as { address?: string };
    if (kind === 'lightstep' && !tracer.accessToken) {
      return 'defaultConfig.tracing.lightstep.accessToken is missing';
    }
    const given =
      kind === 'lightstep' ? address : address.replace(HOST_IP, '127.0.0.1');
    const problem = badAddress(given, `tracing.${kind}.address`);
    if (problem) return problem;
  }
  return undefined;
}

function badPort(
  message: DecodedMessage,
  name: string,
  prefix = '',
): string | undefined {
  const port = message[name] as number | undefined;
  return port === undefined || isPort(port)
    ? undefined
    : `${prefix}${name} must be from 1 to 65535`;
}

function isPort(port: number): boolean {
  return port >= 1 && port <= 65_535;
}

function badDuration(
  message: DecodedMessage,
  name: string,
  limits: { leastNs?: number; mostNs?: number; stepNs: number },
  prefix = '',
): string | undefined {
  const text = message[name] as string | undefined;
  const ns = text === undefined ? undefined : parseGoDuration(text);
  if (ns === undefined) return undefined;
  const { leastNs = -Infinity, mostNs = Infinity, stepNs } = limits;
  return ns >= leastNs && ns <= mostNs && ns % stepNs === 0
    ? undefined
    : `${prefix}${name} is out of range or too precise`;
}

function badTrustDomain(mesh: DecodedMessage): string | undefined {
  const { trustDomain, trustDomainAliases = [] } = mesh as {
    trustDomain?: string;
    trustDomainAliases?: string[];
  };
  const own = trustDomain === undefined ? [] : [trustDomain];
  return [...own, ...trustDomainAliases].every(isDnsName)
    ? undefined
    : 'trustDomain and trustDomainAliases must be domain names';
}

function badAddress(address: unknown, name: string): string | undefined {
  return address === undefined || isAddress(`${address}`)
    ? undefined
    : `defaultConfig.${name} must be a host name or an IP address, and a port`;
}

function isAddress(text: string): boolean {
  const [, bracketed, plain, port] = ADDRESS.exec(text) ?? [];
  if (!isPort(Number(port))) return false;
  return bracketed === undefined
    ? isHost(plain ?? '')
    : /^[0-9a-f:.]+$/i.test(bracketed) && bracketed.includes(':');
}

function isHost(host: string): boolean {
  if (host.length > MAX_HOST || !isDnsName(host)) return false;
  // A name whose last label is a number can only be an address.
  return !/(?:^|\.)\d+$/.test(host) || IPV4.test(host);
}

function isDnsName(name: string): boolean {
  return (
    name !== '' &&
    name
      .replace(/\.$/, '')
      .split('.')
      .every(label => label.length <= MAX_LABEL && LABEL.test(label))
  );
}
