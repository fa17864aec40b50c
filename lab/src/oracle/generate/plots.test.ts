import { STATES_PER_ROUND } from './OracleRound';
import { plotObjects } from './plotObjects';
import { plot, rootNamespace, servicesOfWaypoint } from './plots';

describe('plots', () => {
  it('have namespaces of their own and a root that others share', () => {
    const first = plot(0);
    const next = plot(STATES_PER_ROUND);

    expect(next.root).toBe(first.root);
    expect(new Set([first.near, first.far, next.near, next.far]).size).toBe(4);
  });

  it("have waypoints for services of other namespaces, the root's too", () => {
    const served = (namespace: string) =>
      servicesOfWaypoint(namespace, 10).map(service =>
        [service.namespace, service.name].join('/'),
      );

    expect(served('plot-00-near')).toEqual([
      'plot-00-near/local',
      'plot-00-far/far',
      'plot-00-far/ext',
      'root-0/lent',
    ]);
    expect(served(rootNamespace(0))).toEqual([
      'plot-00-near/upper',
      'plot-05-near/upper',
      'root-0/own',
    ]);
  });

  it('come with the objects that they speak of', () => {
    const { namespaces, others } = plotObjects(10);
    const names = new Set(namespaces.map(({ metadata }) => metadata.name));
    const identities = others.map(
      ({ kind, apiVersion, metadata }) =>
        `${apiVersion} ${kind} ${metadata.namespace}/${metadata.name}`,
    );

    expect(
      others.every(({ metadata }) => names.has(metadata.namespace ?? '')),
    ).toBe(true);
    expect(new Set(identities).size).toBe(others.length);
    expect(
      servicesOfWaypoint('plot-00-near', 10).every(({ namespace, name }) =>
        identities.some(identity => identity.endsWith(`${namespace}/${name}`)),
      ),
    ).toBe(true);
  });
});
