import type { Random } from '../checks/Random';
import type { Declarations } from './Declarations';

const TRUE_AND_FALSE = ['on', 'off', 'yes', 'No', 'y', 'n', 'true', 'FALSE'];
const INTEGERS = [
  '0',
  '7',
  '4317',
  '1_0',
  '0x1F',
  '017',
  '1e3',
  '10.0',
  '"10"',
].concat(['" 10"', '0b101', '0o17', '+5', '"null"', '1__0', '08']);
const DECIMALS = [
  '0',
  '.5',
  '99.99',
  '1_0.5',
  '"12.5"',
  '1e1',
  '"1e1"',
  '0x10',
  '100',
  '-1',
];
const TEXTS = [
  'otel',
  'collector.obs.svc',
  "'on'",
  '"1_000"',
  'a b',
  '2024-01-01',
  '12:30',
].concat(['"017"', '1.2.3', "''", '1_a', 'nope', '=', '0o8', '!!str 12']);
const DURATIONS = ['10s', '1m30s', '0s', '1.5s', '250ms', '"1h"', '2h45m'];
const STRUCTS = ['{a: 1}', '{a: {b: [on]}}', '{}'];
const WRONG = [
  'on',
  '12',
  '0x1F',
  '1.5',
  'text',
  '"on"',
  '"0x1F"',
  '"1e3"',
  '[]',
  '{}',
  '2024-01-01',
  '1e400',
  '~',
  '"+1"',
  '.inf',
];
const WRONG_SHARE = 0.004;

/** Fields of text that istiod checks, and what it takes. */
const CHECKED: Readonly<Record<string, readonly string[]>> = {
  serviceCluster: ['cart', 'istio-proxy', "'on'"],
  discoveryAddress: ['istiod.istio-system.svc:15012'],
  statsdUdpAddress: ['statsd:9125'],
  address: ['zipkin.istio-system:9411', '$(HOST_IP):8126', '10.0.0.1:9411'],
  accessToken: ['secret'],
  configPath: ['./etc'],
  binaryPath: ['/usr/local/bin/envoy'],
  envoyMetricsServiceAddress: ['metrics:9000'],
  rootNamespace: ['istio-system', 'root', "'on'", '"1_0"'],
  trustDomain: ['cluster.local', 'prod.example'],
  trustDomainAliases: ['old.example', 'older.example'],
};
const CHECKED_OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  proxyListenPort: ['15001', '0x3A99', '"15001"', '15_001', '0'],
  proxyAdminPort: ['15000', '15_000', '70000'],
  statusPort: ['15020', '0'],
  connectTimeout: ['10s', '1m', '2h', '10', '1us'],
  protocolDetectionTimeout: ['5s', '0s', '100ms', '1us'],
  drainDuration: ['45s', '1500ms', '1m'],
  controlPlaneAuthPolicy: ['NONE', 'MUTUAL_TLS', '1', 'INHERIT', '0'],
};

/** The text of a scalar of this type, now and then a wrong one. */
export function scalarText(
  random: Random,
  declarations: Declarations,
  name: string,
  type: string,
): string {
  if (random.chance(WRONG_SHARE)) return random.pick(WRONG);
  const checked = CHECKED[name] ?? CHECKED_OTHERWISE[name];
  if (checked) {
    // The first is right always; the others now and then are not.
    return random.chance(0.8) ? checked[0] ?? '' : random.pick(checked);
  }
  return random.pick(textsOf(declarations, type));
}

function textsOf(declarations: Declarations, type: string): readonly string[] {
  switch (type) {
    case 'bool':
    case 'BoolValue':
      return TRUE_AND_FALSE;
    case 'int32':
    case 'uint32':
    case 'Int32Value':
    case 'UInt32Value':
    case 'Int64Value':
      return INTEGERS;
    case 'double':
      return DECIMALS;
    case 'Duration':
      return DURATIONS;
    case 'Struct':
      return STRUCTS;
    case 'string':
      return TEXTS;
    default:
      return [...(declarations.enums.get(type) ?? []), '0', '1', '0x1'];
  }
}
