import { selectorMatches } from '../chain/selectorMatches';
import {
  gateway,
  resolve,
  sidecar,
  telemetry,
  waypoint,
  workload,
} from '../../testing/tracing';
import { headlineSides } from '../sides/headlineSides';
import { samplingParts } from '../sides/samplingParts';
import { sentTags } from '../tags/sentTags';
import { tracingProxyOf } from './tracingProxyOf';

describe('the proxy of a workload', () => {
  it('has its labels, version and ProxyConfig', () => {
    expect(tracingProxyOf(workload())).toEqual({
      kind: 'sidecar',
      namespace: 'shop',
      labels: { app: 'reviews' },
      version: '1.31.0',
      proxyConfig: {},
    });
  });

  it('has the variables that all pods have', () => {
    const pod = { name: 'p', labels: {}, ready: true };
    const pods = [
      { ...pod, proxyEnvironment: ['A', 'B'] },
      { ...pod, proxyEnvironment: ['B', 'C'] },
    ];
    expect(tracingProxyOf(workload({ pods }))?.environment).toEqual(['B']);
    expect(
      tracingProxyOf(workload({ pods: [...pods, pod] }))?.environment,
    ).toBe(undefined);
  });

  it('does not exist for a workload outside the mesh', () => {
    expect(tracingProxyOf(workload({ proxy: 'none' }))).toBe(undefined);
  });
});

describe('what speaks for a workload', () => {
  const sides = (...args: Parameters<typeof resolve>) =>
    headlineSides(resolve(...args)).map(({ side }) => side);

  it('is one side where one is enough', () => {
    expect(sides([])).toEqual(['server']);
    expect(sides([], gateway())).toEqual(['client']);
    expect(sides([], waypoint())).toEqual(['server']);
  });

  it('is both sides of a sidecar when they differ', () => {
    const telemetries = [
      telemetry('shop/all', {
        tracing: [{ match: { mode: 'CLIENT' }, randomSamplingPercentage: 5 }],
      }),
    ];
    expect(sides(telemetries)).toEqual(['client', 'server']);
  });
});

describe('Envoy', () => {
  it('truncates a percentage to parts per 10,000', () => {
    expect(
      [0.29, 99.999, 0.005, 1, 100, 150, -5, NaN].map(samplingParts),
    ).toEqual([28, 9999, 0, 100, 10000, 10000, 0, 0]);
  });

  it('gets tags of both peers from a waypoint, Istio tags or not', () => {
    const tags = sentTags({
      istioTags: false,
      customTags: { a: { header: { name: 'x-a' } } },
      proxy: waypoint(),
      waypointPeerTags: true,
    });
    expect(tags).toHaveLength(19);
    expect(tags[0]).toEqual({
      tag: 'a',
      origin: 'custom',
      requestHeader: { name: 'x-a', defaultValue: '' },
    });
    expect(tags).toContainEqual({
      tag: 'istio.source_workload',
      origin: 'waypoint-peer',
      format: '%FILTER_STATE(downstream_peer_obj:FIELD:workload)%',
    });
  });

  it('gets a custom tag beside the tag of Istio that has the same name', () => {
    const tags = sentTags({
      istioTags: true,
      customTags: { 'istio.mesh_id': { literal: { value: 'mine' } } },
      proxy: sidecar({ meshId: 'm1' }),
      waypointPeerTags: false,
    });
    const ids = tags.filter(({ tag }) => tag === 'istio.mesh_id');
    expect(ids.map(({ literal }) => literal).sort()).toEqual(['m1', 'mine']);
  });
});

describe('a selector', () => {
  it('matches labels that contain all of its own', () => {
    expect(selectorMatches({ a: '1' }, { a: '1', b: '2' })).toBe(true);
    expect(selectorMatches({ a: '1', b: '2' }, { a: '1' })).toBe(false);
    expect(selectorMatches({ a: '' }, {})).toBe(false);
    expect(selectorMatches({}, {})).toBe(true);
    expect(selectorMatches(null, undefined)).toBe(true);
  });
});
