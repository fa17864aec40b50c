import { resourcePath } from './resourcePath';

describe('resourcePath', () => {
  it.each([
    ['v1', 'Namespace', undefined, '/api/v1/namespaces/a'],
    ['v1', 'Pod', 'b', '/api/v1/namespaces/b/pods/a'],
    ['apps/v1', 'ReplicaSet', 'b', '/apis/apps/v1/namespaces/b/replicasets/a'],
    [
      'telemetry.istio.io/v1',
      'Telemetry',
      'b',
      '/apis/telemetry.istio.io/v1/namespaces/b/telemetries/a',
    ],
    [
      'networking.istio.io/v1',
      'WorkloadEntry',
      'b',
      '/apis/networking.istio.io/v1/namespaces/b/workloadentries/a',
    ],
  ])(
    'gives the path of a %s %s in namespace %s',
    (apiVersion, kind, namespace, path) => {
      expect(
        resourcePath({ apiVersion, kind, metadata: { name: 'a', namespace } }),
      ).toBe(path);
    },
  );
});
