import { istioRelabeling, type RelabelRule } from './istioRelabeling';

type Labels = Record<string, string>;

function applied(rule: RelabelRule, labels: Labels): Labels | undefined {
  const regex = new RegExp(`^(?:${rule.regex ?? '(.*)'})$`);
  const source = (rule.source_labels ?? [])
    .map(name => labels[name] ?? '')
    .join(';');
  if (rule.action === 'keep') {
    return regex.test(source) ? labels : undefined;
  }
  if (rule.action === 'labeldrop') {
    return Object.fromEntries(
      Object.entries(labels).filter(([name]) => !regex.test(name)),
    );
  }
  const match = regex.exec(source);
  if (!match || !rule.target_label) {
    return labels;
  }
  const value = (rule.replacement ?? '$1').replace(
    /\$(\d)/g,
    (_, group) => match[Number(group)] ?? '',
  );
  return { ...labels, [rule.target_label]: value };
}

/** Prometheus' relabelling, as far as these rules use it. */
function relabel(given: Labels): Labels | undefined {
  return istioRelabeling().reduce<Labels | undefined>(
    (labels, rule) => labels && applied(rule, labels),
    given,
  );
}

const FRONTEND = 'frontend-v1;bookinfo;frontend;v1;Kubernetes';
const REVIEWS = 'reviews-v2;bookinfo;reviews;v2;Kubernetes';
const NAME = 'envoy_istio_requests_total';

describe('istioRelabeling', () => {
  it("tells both sides of a call, as the caller's proxy saw it", () => {
    expect(
      relabel({
        __name__: NAME,
        reporter: 'source',
        self: FRONTEND,
        peer: REVIEWS,
        cluster: 'outbound|9080||reviews.bookinfo.svc.cluster.local',
        response_code: '200',
      }),
    ).toMatchObject({
      __name__: 'istio_requests_total',
      source_workload: 'frontend-v1',
      source_workload_namespace: 'bookinfo',
      destination_workload: 'reviews-v2',
      destination_canonical_service: 'reviews',
      destination_canonical_revision: 'v2',
      destination_service: 'reviews.bookinfo.svc.cluster.local',
      destination_service_name: 'reviews',
      destination_service_namespace: 'bookinfo',
      response_code: '200',
    });
  });

  it('tells the same of the called side, whose cluster names no host', () => {
    const labels = relabel({
      __name__: NAME,
      reporter: 'destination',
      self: REVIEWS,
      peer: FRONTEND,
      cluster: 'inbound|9080||',
    });

    expect(labels).toMatchObject({
      source_workload: 'frontend-v1',
      destination_workload: 'reviews-v2',
      destination_service: 'reviews.bookinfo.svc.cluster.local',
      destination_service_name: 'reviews',
      upstream_cluster: 'inbound|9080||',
    });
    expect(Object.keys(labels ?? {})).not.toEqual(
      expect.arrayContaining(['self']),
    );
  });

  it('calls a workload that nobody reached unknown', () => {
    for (const peer of ['', '-']) {
      expect(
        relabel({ __name__: NAME, reporter: 'source', self: FRONTEND, peer }),
      ).toMatchObject({ destination_workload: 'unknown' });
    }
  });

  it('leaves out what nobody looks at', () => {
    expect(relabel({ __name__: 'envoy_cluster_lb_healthy_panic' })).toBe(
      undefined,
    );
  });
});
