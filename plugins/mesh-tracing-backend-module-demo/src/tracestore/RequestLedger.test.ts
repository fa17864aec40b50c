import { RequestLedger, type ServedRequest } from './RequestLedger';

const HOUR_MS = 3_600_000;
const checkout = { namespace: 'shop', name: 'checkout' };
const window = { startTimeMs: 0, endTimeMs: HOUR_MS };

const request = (patch: Partial<ServedRequest>): ServedRequest => ({
  namespace: 'shop',
  workload: 'checkout',
  operation: 'POST /orders',
  startMs: 0,
  durationUs: 20_000,
  isFailed: false,
  ...patch,
});

/** One request a second; each tenth fails, each hundredth is slow. */
function hourOfRequests(patch: Partial<ServedRequest> = {}): RequestLedger {
  const ledger = new RequestLedger();
  for (let second = 0; second < 3_600; second++) {
    ledger.record(
      request({
        startMs: second * 1_000,
        isFailed: second % 10 === 0,
        durationUs: second % 100 === 0 ? 900_000 : 20_000,
        ...patch,
      }),
    );
  }
  return ledger;
}

describe('the ledger of the simulated proxies', () => {
  it('tells rate, failures and durations of every request', () => {
    const { overall } = hourOfRequests().measure({
      workloads: [checkout],
      ...window,
    });
    expect(overall?.callsPerSecond).toBe(1);
    expect(overall?.errorRate).toBe(0.1);
    expect((overall?.p50Us ?? 0) / 20_000).toBeCloseTo(1, 1);
    expect((overall?.p95Us ?? 0) / 20_000).toBeCloseTo(1, 1);
  });

  it('tells operations and workloads apart, the busiest first', () => {
    const ledger = hourOfRequests();
    ledger.record(request({ operation: 'GET /cart' }));
    ledger.record(request({ workload: 'cart', operation: 'GET /' }));
    const measured = ledger.measure({
      workloads: [{ namespace: 'shop', name: 'cart' }, checkout],
      ...window,
    });
    expect(measured.services.map(({ service }) => service)).toEqual([
      'checkout.shop',
      'cart.shop',
    ]);
    expect(measured.operations[0]).toMatchObject({
      service: 'checkout.shop',
      operation: 'POST /orders',
    });
    expect(measured.operations).toHaveLength(3);
  });

  it('tells the course over the whole window', () => {
    const { series } = hourOfRequests().measure({
      workloads: [checkout],
      ...window,
    });
    expect(series.points).toHaveLength(60);
    expect(series.points[0]?.startMs).toBe(0);
    expect(
      series.points.every(({ callsPerSecond }) => callsPerSecond === 1),
    ).toBe(true);
  });

  it('has no figures of whom it never saw', () => {
    const measured = new RequestLedger().measure({
      workloads: [checkout],
      ...window,
    });
    expect(measured.overall).toBeNull();
    expect(measured.series.points).toEqual([]);
  });

  it('forgets what is older than a window can be', () => {
    const ledger = hourOfRequests();
    ledger.record(request({ startMs: 48 * HOUR_MS }));
    const { overall } = ledger.measure({ workloads: [checkout], ...window });
    expect(overall?.callsPerSecond).toBe(0);
  });
});
