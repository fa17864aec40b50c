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

  it('does not wait for Jaeger, which keeps nothing', () => {
    expect(stopGraceMs('jaeger')).toBeLessThan(stopGraceMs('etcd'));
  });
});
