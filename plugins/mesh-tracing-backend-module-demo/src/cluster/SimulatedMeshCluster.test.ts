import { InputError } from '@backstage/errors';
import type {
  Telemetry,
  TelemetrySpec,
} from 'backstage-plugin-mesh-tracing-common';
import { ManualClock } from '../testing/ManualClock';
import { telemetry } from '../testing/shop';
import {
  SimulatedMeshCluster,
  type SimulatedMeshClusterOptions,
} from './SimulatedMeshCluster';

function setUp(options: Partial<SimulatedMeshClusterOptions> = {}) {
  const clock = new ManualClock();
  const cluster = SimulatedMeshCluster.create({
    name: 'demo',
    traceStore: 'demo',
    clock,
    namespaces: ['istio-system', 'shop'],
    writableNamespaces: new Set(['shop', 'nowhere']),
    meshConfig: {},
    istiod: { environmentKnown: true },
    knownServices: new Set(),
    workloads: [],
    telemetries: [],
    ...options,
  });
  const names = () =>
    cluster
      .snapshot()
      .inputs.telemetries.map(({ metadata }) => metadata.name)
      .sort();
  return { clock, cluster, names };
}

const spec = (randomSamplingPercentage: number): TelemetrySpec => ({
  selector: { matchLabels: { app: 'cart' } },
  tracing: [{ randomSamplingPercentage }],
});
const override = (percent = 50) => telemetry('shop', 'override', spec(percent));

function preconditionOf({ metadata }: Telemetry) {
  return {
    uid: metadata.uid ?? '',
    resourceVersion: metadata.resourceVersion ?? '',
  };
}

describe('SimulatedMeshCluster', () => {
  it('completes the metadata of what is created', async () => {
    const { cluster } = setUp();
    const { telemetry: created, warnings } = await cluster.createTelemetry(
      override(),
    );
    expect(warnings).toEqual([]);
    expect(created.metadata).toMatchObject({
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      resourceVersion: expect.stringMatching(/^\d+$/),
      generation: 1,
      creationTimestamp: '2026-08-03T10:00:00Z',
      managedFields: [{ manager: 'mesh-tracing', operation: 'Update' }],
    });
    expect(await cluster.getTelemetry('shop', 'override')).toEqual(created);
  });

  it('creates only what does not exist', async () => {
    const { cluster } = setUp();
    await cluster.createTelemetry(override());
    await expect(cluster.createTelemetry(override())).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('"override" already exists'),
    });
  });

  it('replaces only the version that the caller knows', async () => {
    const { cluster } = setUp();
    const { telemetry: first } = await cluster.createTelemetry(override(10));
    const { telemetry: second } = await cluster.replaceTelemetry({
      ...first,
      spec: spec(20),
    });
    expect(second.metadata).toMatchObject({
      uid: first.metadata.uid,
      creationTimestamp: first.metadata.creationTimestamp,
      generation: 2,
    });
    expect(second.metadata.resourceVersion).not.toBe(
      first.metadata.resourceVersion,
    );
    await expect(
      cluster.replaceTelemetry({ ...first, spec: spec(30) }),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('the object has been modified'),
    });
    await expect(
      cluster.replaceTelemetry({
        ...second,
        metadata: { ...second.metadata, uid: 'another' },
      }),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('UID in precondition: another'),
    });
    const stored = await cluster.getTelemetry('shop', 'override');
    expect(stored?.spec).toEqual(spec(20));
  });

  it('keeps the version when nothing changes', async () => {
    const { cluster } = setUp();
    const { telemetry: first } = await cluster.createTelemetry(override());
    const { telemetry: same } = await cluster.replaceTelemetry(first);
    expect(same).toEqual(first);
  });

  it('deletes only the very object in that very version', async () => {
    const { cluster, names } = setUp();
    const { telemetry: first } = await cluster.createTelemetry(override(10));
    const { telemetry: second } = await cluster.replaceTelemetry({
      ...first,
      spec: spec(20),
    });
    await expect(
      cluster.deleteTelemetry('shop', 'override', preconditionOf(first)),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    await expect(
      cluster.deleteTelemetry('shop', 'override', {
        ...preconditionOf(second),
        uid: 'another',
      }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    await cluster.deleteTelemetry('shop', 'override', preconditionOf(second));
    expect(names()).toEqual([]);
    await expect(
      cluster.deleteTelemetry('shop', 'override', preconditionOf(second)),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('judges a dry run like a write, and stores nothing', async () => {
    const { cluster, names } = setUp();
    const onChange = jest.fn();
    cluster.subscribe(onChange);
    const dryRun = { dryRun: true };
    const { telemetry: judged } = await cluster.createTelemetry(
      override(),
      dryRun,
    );
    expect(judged.metadata.uid).toBeDefined();
    await expect(
      cluster.createTelemetry(override(150), dryRun),
    ).rejects.toThrow(InputError);
    expect(names()).toEqual([]);
    expect(await cluster.getTelemetry('shop', 'override')).toBeUndefined();

    const { telemetry: created } = await cluster.createTelemetry(override(10));
    await cluster.replaceTelemetry({ ...created, spec: spec(20) }, dryRun);
    await cluster.deleteTelemetry(
      'shop',
      'override',
      preconditionOf(created),
      dryRun,
    );
    expect(await cluster.getTelemetry('shop', 'override')).toEqual(created);
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['a percentage above 100', spec(100.5), 'randomSamplingPercentage'],
    [
      'a field that does not exist',
      { tracing: [{ ['sampling' as never]: 5 }] } as TelemetrySpec,
      'sampling',
    ],
    [
      'an empty literal',
      { tracing: [{ customTags: { team: { literal: { value: '' } } } }] },
      'team',
    ],
    [
      'a selector with a wildcard',
      { selector: { matchLabels: { app: '*' } } },
      'selector',
    ],
  ])('refuses %s and names the field', async (_, invalid, field) => {
    const { cluster, names } = setUp();
    await expect(
      cluster.createTelemetry(telemetry('shop', 'invalid', invalid)),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(field),
    });
    expect(names()).toEqual([]);
  });

  it('passes on the warnings of the webhook', async () => {
    const { cluster } = setUp();
    const { warnings } = await cluster.createTelemetry(
      telemetry('shop', 'split', {
        tracing: [
          { match: { mode: 'CLIENT' }, randomSamplingPercentage: 1 },
          { match: { mode: 'SERVER' }, randomSamplingPercentage: 2 },
        ],
      }),
    );
    expect(warnings).toEqual(['multiple tracing is not currently supported']);
  });

  it('does not let the portal write into the root namespace', async () => {
    const { cluster } = setUp();
    await expect(
      cluster.createTelemetry(telemetry('istio-system', 'mine', spec(1))),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('cannot create resource "telemetries"'),
    });
  });

  it('knows which namespaces exist, and what a name may look like', async () => {
    const { cluster } = setUp();
    await expect(
      cluster.createTelemetry(telemetry('nowhere', 'mine', spec(1))),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(
      cluster.createTelemetry(telemetry('shop', 'Not_A_Name', spec(1))),
    ).rejects.toMatchObject({ name: 'InputError' });
  });

  it('hands out copies, never what it stores', async () => {
    const { cluster } = setUp();
    const mine = override(10);
    const { telemetry: created } = await cluster.createTelemetry(mine);
    mine.spec = spec(99);
    created.spec = spec(98);
    const stored = await cluster.getTelemetry('shop', 'override');
    expect(stored?.spec).toEqual(spec(10));
  });

  it('tells subscribers of each change until they unsubscribe', async () => {
    const { cluster, names } = setUp();
    const seen: string[][] = [];
    const unsubscribe = cluster.subscribe(() => seen.push(names()));
    const { telemetry: created } = await cluster.createTelemetry(override());
    await cluster.deleteTelemetry('shop', 'override', preconditionOf(created));
    unsubscribe();
    await cluster.createTelemetry(override());
    expect(seen).toEqual([['override'], []]);
  });

  it('lets its watched view lag behind the API server', async () => {
    const { cluster, clock, names } = setUp({ watchDelayMs: 120 });
    const onChange = jest.fn();
    cluster.subscribe(onChange);
    await cluster.createTelemetry(override());
    expect(await cluster.getTelemetry('shop', 'override')).toBeDefined();
    expect(names()).toEqual([]);
    clock.advance(119);
    expect(onChange).not.toHaveBeenCalled();
    clock.advance(1);
    expect(onChange).toHaveBeenCalledTimes(1);
    expect(names()).toEqual(['override']);
  });

  it('leaves no timer behind', async () => {
    const { cluster, clock } = setUp({ watchDelayMs: 120 });
    await cluster.createTelemetry(override());
    await cluster.stop();
    expect(clock.timerCount).toBe(0);
  });
});
