import { judgeAcceptance } from './judgeAcceptance';
import { syncStatus } from './syncStatus';

const LISTENER = 'type.googleapis.com/envoy.config.listener.v3.Listener';
const SENT = '2026-01-02T03:04:05Z/5d9177c7b';
const FORMER = '2026-01-02T03:00:00Z/4ae50da5c';
const SENT_MS = Date.parse('2026-01-02T03:04:05Z');
const PODS = ['a', 'b'].map(name => ({ name, labels: {}, ready: true }));
const WORKLOAD = { namespace: 'shop', pods: PODS };
const NOW = { nowMs: SENT_MS + 1_000 };

function proxy(
  pod: string,
  listener: { sent: string; acked?: string; lastError?: string },
) {
  return { proxy: `${pod}.shop`, resources: { [LISTENER]: listener } };
}

function judge(
  entries: unknown,
  times: typeof NOW & { changedAtMs?: number } = NOW,
) {
  return judgeAcceptance(WORKLOAD, syncStatus(entries), times);
}

const accepted = (pod: string) => proxy(pod, { sent: SENT, acked: SENT });

describe('what proxies did with their configuration', () => {
  it('is accepted when each acknowledged what was sent last', () => {
    expect(judge([accepted('a'), accepted('b')])).toEqual({
      state: 'accepted',
      proxies: 2,
      accepted: 2,
      behind: [],
    });
  });

  it('is refused when one says why, and names it first', () => {
    const pending = proxy('a', { sent: SENT, acked: FORMER });
    const refused = proxy('b', {
      sent: SENT,
      acked: FORMER,
      lastError: 'Incorrect configuration: %REQ(x\n',
    });
    const sentAt = '2026-01-02T03:04:05.000Z';
    expect(judge([pending, refused])).toEqual({
      state: 'refused',
      proxies: 2,
      accepted: 0,
      behind: [
        {
          pod: 'b',
          refused: true,
          sentAt,
          message: 'Incorrect configuration: %REQ(x',
        },
        { pod: 'a', refused: false, sentAt },
      ],
    });
  });

  it('is pending while one has not acknowledged, also from older versions of istiod', () => {
    const old = {
      proxy: 'b.shop',
      listener_sent: SENT,
      listener_acked: FORMER,
    };
    expect(judge([accepted('a'), old])).toMatchObject({
      state: 'pending',
      accepted: 1,
      behind: [{ pod: 'b', refused: false }],
    });
  });

  it('is pending while a change may not have been sent yet, but not for ever', () => {
    const entries = [accepted('a'), accepted('b')];
    const changedAtMs = SENT_MS + 500;
    expect(judge(entries, { ...NOW, changedAtMs }).state).toBe('pending');
    expect(
      judge(entries, { nowMs: changedAtMs + 15_000, changedAtMs }).state,
    ).toBe('accepted');
  });

  it('is unknown when a proxy is connected to another istiod', () => {
    expect(judge([accepted('a')])).toMatchObject({
      state: 'unknown',
      accepted: 1,
      message: '1 of 2 proxies are connected to the istiod that was asked.',
    });
  });

  it.each([[null], [{}], ['x'], [[null, 1, { proxy: 3 }, {}]]])(
    'is unknown from an answer like %j',
    body => {
      expect(judge(body).state).toBe('unknown');
    },
  );
});
