import {
  AuthenticationError,
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { validQuestion } from '../testing/portal/requests';
import {
  startMeshTracing,
  type MeshTracingHarness,
} from '../testing/portal/startMeshTracing';

const needTraces = [
  'traces',
  'trace',
  'latency',
  'dependencies',
  'propagation',
] as const;
const needNoTraces = [
  'workloads',
  'tracing',
  'history',
  'owned',
  'ownedHistory',
] as const;

describe('when the trace store fails', () => {
  let harness: MeshTracingHarness;
  beforeEach(async () => {
    harness = await startMeshTracing();
  });
  afterEach(() => harness.stop());

  it.each(needTraces)('%s says which system and what to do', async route => {
    harness.store.failure = new ServiceUnavailableError(
      "Trace store 'main' did not answer within 10 seconds",
    );
    const { status, body } = await harness.ask(
      'owner',
      route,
      validQuestion(route),
    );
    expect(status).toBe(503);
    expect(body.error).toMatchObject({
      name: 'ServiceUnavailableError',
      message: "Trace store 'main' did not answer within 10 seconds",
      meshTracing: {
        system: 'trace-store',
        systemName: 'main',
        whatToDo: expect.stringMatching(/try again/i),
      },
    });
  });

  it.each(needNoTraces)('%s works on', async route => {
    harness.store.failure = new ServiceUnavailableError('away');
    const { status } = await harness.ask('owner', route, validQuestion(route));
    expect(status).toBe(200);
  });

  it('the answer leaves open which trace service names are found', async () => {
    harness.store.failure = new ServiceUnavailableError('away');
    const { body } = await harness.ask('owner', 'workloads');
    expect(body.traceStore).toBe('main');
    expect(body.traceServiceNames[0]).toEqual({
      name: 'frontend.shop',
      reason: expect.any(String),
      found: null,
    });
  });

  it.each([
    new NotAllowedError('401 from http://jaeger.internal:16686'),
    new AuthenticationError('token abc refused'),
  ])(
    'does not blame the caller for credentials of the portal: $name',
    async failure => {
      harness.store.failure = failure;
      const { status, body } = await harness.ask('owner', 'traces');
      expect(status).toBe(503);
      expect(body.error.message).toBe(
        "Trace store 'main' refuses the portal's credentials",
      );
    },
  );

  it('a query that the store refuses is told from a store that is away', async () => {
    await harness.ask('owner', 'traces');
    harness.store.failure = new InputError('The duration is not valid');
    const { status, body } = await harness.ask('owner', 'traces');
    expect(status).toBe(400);
    expect(body.error.meshTracing.system).toBe('trace-store');
  });

  it('keeps addresses, credentials and causes for the log', async () => {
    const cause = new Error(
      'dial tcp elastic-0.storage.svc:9200 with Bearer s3cr3t-t0ken-value',
    );
    harness.store.failure = new ServiceUnavailableError(
      "Trace store 'main' answered 500: no node at http://user:hunter22@10.1.2.3:9200/x",
      cause,
    );
    const { body } = await harness.ask('owner', 'traces');
    const answer = JSON.stringify(body);
    for (const secret of ['elastic-0', 's3cr3t', 'hunter22', '10.1.2.3']) {
      expect(answer).not.toContain(secret);
    }
    expect(body.error.cause).toBeUndefined();
    expect(body.error.stack).toBeUndefined();
    expect(body.error.message).toContain("Trace store 'main' answered 500");
    expect(JSON.stringify(harness.logger.warn.mock.calls)).toContain('failed');
  });

  it('shows nothing of an error whose message was not written for people', async () => {
    harness.store.failure = new TypeError("reading 'x' of 10.1.2.3:16686");
    const { status, body } = await harness.ask('owner', 'traces');
    expect(status).toBe(503);
    expect(body.error.message).toBe("Trace store 'main' could not be read");
  });

  it('answers come again as soon as the store does', async () => {
    harness.store.failure = new ServiceUnavailableError('away');
    await harness.ask('owner', 'traces');
    harness.store.failure = undefined;
    const { status, body } = await harness.ask('owner', 'traces');
    expect(status).toBe(200);
    expect(body.traces).toHaveLength(1);
  });
});

describe('when the API server fails', () => {
  it('effective tracing is answered from what was read last, and the cluster is shown as stale', async () => {
    const harness = await startMeshTracing();
    harness.cluster.state = 'stale';
    const { status, body } = await harness.ask('owner', 'tracing');
    await harness.stop();
    expect(status).toBe(200);
    expect(body.clusters).toMatchObject([{ name: 'main', state: 'stale' }]);
  });
});
