import { stopGraceMs, stopOrder } from './stopOrder';

describe('stopOrder', () => {
  it('ends who depends on others first', () => {
    expect(
      stopOrder([
        'etcd',
        'kube-apiserver',
        'istiod',
        'jaeger',
        'bookinfo',
        'envoy-frontend-v1',
        'traffic',
      ]),
    ).toEqual([
      ['bookinfo', 'envoy-frontend-v1', 'traffic'],
      ['istiod', 'jaeger'],
      ['kube-apiserver'],
      ['etcd'],
    ]);
  });

  it('leaves out groups of which nothing runs', () => {
    expect(stopOrder(['etcd', 'traffic'])).toEqual([['traffic'], ['etcd']]);
  });

  it('ends the writers of a storage before the storage', () => {
    expect(
      stopOrder([
        'opensearch-1',
        'jaeger-query',
        'jaeger-collector-2',
        'prometheus',
        'envoy-frontend-v1',
      ]),
    ).toEqual([
      ['prometheus', 'envoy-frontend-v1'],
      ['jaeger-query', 'jaeger-collector-2'],
      ['opensearch-1'],
    ]);
  });

  it('gives Jaeger the time to write down what it has', () => {
    expect(stopGraceMs('jaeger')).toBe(stopGraceMs('etcd'));
    expect(stopGraceMs('jaeger-collector-1')).toBe(stopGraceMs('etcd'));
  });
});
