import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import { telemetrySpec } from './generateSpec';
import { mutateSpec } from './mutateSpec';
import { COLLECTORS_NAMESPACE } from './plots';
import { Random } from '../../checks/Random';

const LONG = 'a'.repeat(64);
const gateway = {
  group: 'gateway.networking.k8s.io',
  kind: 'Gateway',
  name: 'gw',
};

function entry(fields: object): object {
  return { tracing: [fields] };
}

function tag(value: unknown, name = 'a'): object {
  return entry({ customTags: { [name]: value } });
}

function labels(matchLabels: unknown): object {
  return { selector: { matchLabels } };
}

function ref(changes: object): object {
  return { targetRefs: [{ ...gateway, ...changes }] };
}

/** Specs at the edges of what the API server and istiod's webhook accept. */
const SPECS: Array<[string, unknown]> = [
  ['empty spec', {}],
  ['null fields', { selector: null, targetRefs: null, tracing: null }],
  ['null entry', { tracing: [null] }],
  ['sampling below 0', entry({ randomSamplingPercentage: -0.1 })],
  ['sampling above 100', entry({ randomSamplingPercentage: 100.01 })],
  ['sampling 100', entry({ randomSamplingPercentage: 100 })],
  ['fine sampling', entry({ randomSamplingPercentage: 0.00001 })],
  ['sampling as text', entry({ randomSamplingPercentage: '10' })],
  ['sampling null', entry({ randomSamplingPercentage: null })],
  ['provider without name', entry({ providers: [{}] })],
  ['provider with empty name', entry({ providers: [{ name: '' }] })],
  ['provider null', entry({ providers: [null] })],
  ['providers null', entry({ providers: null })],
  ['two providers', entry({ providers: [{ name: 'a' }, { name: 'b' }] })],
  ['unknown mode', entry({ match: { mode: 'BOTH' } })],
  ['mode as number', entry({ match: { mode: 1 } })],
  ['mode null', entry({ match: { mode: null } })],
  ['match null', entry({ match: null })],
  ['match with field of metrics', entry({ match: { metric: 'ALL_METRICS' } })],
  ['reporting as text', entry({ disableSpanReporting: 'true' })],
  ['flags null', entry({ disableSpanReporting: null, enableIstioTags: null })],
  ['tags null', entry({ customTags: null })],
  ['tag null', tag(null)],
  ['tag without kind', tag({})],
  [
    'tag with two kinds',
    tag({ literal: { value: 'x' }, header: { name: 'y' } }),
  ],
  ['tag with unknown kind', tag({ constant: { value: 'x' } })],
  ['empty tag name', tag({ literal: { value: 'x' } }, '')],
  ['tag name of spaces', tag({ literal: { value: 'x' } }, ' ')],
  ['literal without value', tag({ literal: {} })],
  ['literal empty', tag({ literal: { value: '' } })],
  ['literal null', tag({ literal: null })],
  ['literal value null', tag({ literal: { value: null } })],
  ['literal of a number', tag({ literal: { value: 7 } })],
  ['header empty', tag({ header: { name: '' } })],
  ['header without name', tag({ header: { defaultValue: 'x' } })],
  ['header default null', tag({ header: { name: 'x', defaultValue: null } })],
  ['environment empty', tag({ environment: { name: '' } })],
  ['formatter empty', tag({ formatter: { value: '' } })],
  ['formatter malformed', tag({ formatter: { value: '%REQ(' } })],
  ['formatter without value', tag({ formatter: {} })],
  ['unknown field of an entry', entry({ sampling: 10 })],
  ['unknown field of spec', { traces: [] }],
  ['two entries', { tracing: [{}, {}] }],
  ['selector empty', { selector: {} }],
  ['selector null labels', labels(null)],
  ['selector null value', labels({ app: null })],
  ['selector empty value', labels({ app: '' })],
  ['selector empty key', labels({ '': 'x' })],
  ['selector wildcard value', labels({ app: '*' })],
  ['selector wildcard in value', labels({ app: 'a*b' })],
  ['selector wildcard key', labels({ '*': 'x' })],
  ['selector long value', labels({ app: LONG })],
  ['selector 63 characters', labels({ app: LONG.slice(1) })],
  ['selector value not a label', labels({ app: 'a b/c' })],
  ['selector with unknown field', { selector: { labels: { app: 'x' } } }],
  [
    'selector with targetRefs',
    { ...labels({ app: 'x' }), targetRefs: [gateway] },
  ],
  ['empty selector with targetRefs', { selector: {}, targetRefs: [gateway] }],
  ['selector with empty targetRefs', { selector: {}, targetRefs: [] }],
  ['selector with targetRefs null', { selector: {}, targetRefs: null }],
  ['targetRef and targetRefs', { targetRef: gateway, targetRefs: [gateway] }],
  ['targetRef', { targetRef: gateway }],
  ['targetRef empty', { targetRef: {} }],
  ['targetRefs empty', { targetRefs: [] }],
  ['targetRefs null item', { targetRefs: [null] }],
  ['16 targetRefs', { targetRefs: Array.from({ length: 16 }, () => gateway) }],
  ['17 targetRefs', { targetRefs: Array.from({ length: 17 }, () => gateway) }],
  ['ref without name', ref({ name: undefined })],
  ['ref with empty name', ref({ name: '' })],
  ['ref with long name', ref({ name: 'a'.repeat(254) })],
  ['ref without kind', ref({ kind: undefined })],
  ['ref with bad kind', ref({ kind: '1Gateway' })],
  ['ref with long kind', ref({ kind: `G${LONG}` })],
  ['ref to a Deployment', ref({ group: 'apps', kind: 'Deployment' })],
  ['ref to a Gateway of Istio', ref({ group: 'networking.istio.io' })],
  ['ref to a Service', ref({ group: '', kind: 'Service' })],
  ['ref to a Service of core', ref({ group: 'core', kind: 'Service' })],
  [
    'ref to a Service without group',
    { targetRefs: [{ kind: 'Service', name: 'a' }] },
  ],
  ['ref to a Service of another group', ref({ kind: 'Service' })],
  ['ref with bad group', ref({ group: 'Gateway_Networking' })],
  ['ref with group null', ref({ group: null })],
  ['ref with namespace', ref({ namespace: 'other' })],
  ['ref with empty namespace', ref({ namespace: '' })],
  ['ref with apiVersion', ref({ apiVersion: 'v1' })],
  ['tracing as object', { tracing: {} }],
  ['metrics alone', { metrics: [{ providers: [{ name: 'prometheus' }] }] }],
  ['spec as list', []],
];

/** A Telemetry that may or may not be valid, and what is special about it. */
export interface QuestionableTelemetry {
  about: string;
  telemetry: Telemetry;
}

/** Telemetries to compare verdicts on; none of them is to be kept. */
export function questionableTelemetries(): QuestionableTelemetry[] {
  const metadata = { name: 'questionable', namespace: COLLECTORS_NAMESPACE };
  // A type would rule out just what is to be tried.
  const object = (fields: object) => ({ metadata, ...fields } as Telemetry);
  return [
    ...SPECS.map(([about, spec]) => ({ about, telemetry: object({ spec }) })),
    { about: 'no spec', telemetry: object({}) },
    { about: 'spec null', telemetry: object({ spec: null }) },
    { about: 'unknown key', telemetry: object({ spec: {}, extra: 1 }) },
    {
      about: 'name in capitals',
      telemetry: object({ metadata: { ...metadata, name: 'Capital' } }),
    },
  ];
}

/** Random Telemetries, most of them with something wrong. */
export function mutatedTelemetries(
  seed: number,
  count: number,
): QuestionableTelemetry[] {
  return Array.from({ length: count }, (_, index) => {
    const random = Random.of(seed, 3, index);
    const { metrics: _metrics, ...spec } = telemetrySpec(random);
    return {
      about: `mutation ${index}`,
      telemetry: {
        metadata: { name: 'mutated', namespace: COLLECTORS_NAMESPACE },
        spec: mutateSpec(random, spec),
      },
    };
  });
}
