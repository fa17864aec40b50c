import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { PropagationResponse } from 'backstage-plugin-mesh-tracing-common';
import { TracingWindowProvider } from '../shared/address/TracingWindow';
import {
  meshTracingApiRef,
  type MeshTracingApi,
} from '../shared/api/MeshTracingApi';
import {
  checkoutEntity,
  fakeApi,
  judgedWorkload,
  propagationResponse,
  responseError,
} from '../testing';
import { PropagationPanel } from './PropagationPanel';

const entityRef = {
  kind: 'component',
  namespace: 'default',
  name: 'checkout',
};

function show(getPropagation: MeshTracingApi['getPropagation']) {
  return renderInTestApp(
    <TestApiProvider apis={[[meshTracingApiRef, fakeApi({ getPropagation })]]}>
      <EntityProvider entity={checkoutEntity()}>
        <TracingWindowProvider>
          <PropagationPanel entityRef={entityRef} />
        </TracingWindowProvider>
      </EntityProvider>
    </TestApiProvider>,
  );
}

const showAnswer = (patch: Partial<PropagationResponse> = {}) =>
  show(async () => propagationResponse(patch));

const verdicts = () =>
  screen.findByRole('list', { name: 'What the traces say' });

describe('the propagation of an entity', () => {
  it('is said plainly, with how surely it is known', async () => {
    await showAnswer();

    expect(await verdicts()).toHaveTextContent(
      'reviews starts new traces for 87 % of the calls that it makes while it serves a request: it forwards no tracing headers.',
    );
    expect(await verdicts()).toHaveTextContent('82–91 %');
    expect(await verdicts()).toHaveTextContent(
      '12 more calls start traces outside of any request.',
    );
  });

  it.each([
    ['headers-forwarded', 'good', 'hands on the headers'],
    ['makes-no-calls', 'good', 'makes no calls'],
    ['proxy-only', 'good', 'is a proxy'],
    ['trace-context-not-forwarded', 'broken', 'but not the trace context'],
    ['request-id-not-forwarded', 'broken', 'forwards no x-request-id'],
    ['sampled-flag-lost', 'broken', 'not the decision to sample'],
    ['wrong-parent', 'broken', 'hang on the wrong request'],
    ['perhaps-not-forwarded', 'doubtful', 'may start new traces'],
    ['too-few-calls', 'unknown', 'too few to tell'],
    ['calls-without-requests', 'unknown', 'on its own account only'],
    ['no-traces', 'unknown', 'No trace of reviews'],
  ] as const)('has words for %s', async (code, verdict, words) => {
    await showAnswer({ workloads: [judgedWorkload({ code, verdict })] });

    expect(await verdicts()).toHaveTextContent(words);
  });

  it('is shown by caller, operation and peer, and leads to a trace and its request', async () => {
    await showAnswer();

    const row = await screen.findByRole('row', { name: /reviews v2/ });
    expect(row).toHaveTextContent('ratings.shop.svc.cluster.local:9080/*');
    expect(row).toHaveTextContent('no headers forwarded (174)');
    expect(row).toHaveTextContent('87 %');
    expect(
      within(row).getByRole('link', { name: 'New trace' }),
    ).toHaveAttribute('href', expect.stringContaining('a'.repeat(32)));
    expect(
      within(row).getByRole('link', { name: 'Its request' }),
    ).toHaveAttribute('href', expect.stringContaining('b'.repeat(32)));
  });

  it('names the headers that the provider in force needs, and why', async () => {
    await showAnswer();

    const headers = await screen.findByRole('region', {
      name: 'Headers that the application hands on',
    });
    expect(headers).toHaveTextContent('The provider is otel (opentelemetry).');
    expect(headers).toHaveTextContent('traceparent');
    expect(headers).toHaveTextContent(
      'x-request-idcarries the decision to sample from proxy to proxy, and joins traces to access logs',
    );
  });

  it('shows programs in four languages, with OpenTelemetry first and by hand', async () => {
    const user = userEvent.setup();
    await showAnswer();

    const mend = await screen.findByRole('region', {
      name: 'How to hand them on',
    });
    expect(mend).toHaveTextContent('auto-instrumentations-node/register');
    await user.click(within(mend).getByRole('radio', { name: 'Go' }));
    expect(mend).toHaveTextContent('otelhttp.NewTransport');
    await user.click(within(mend).getByRole('radio', { name: 'By hand' }));
    expect(mend).toHaveTextContent('var forwarded = []string{');
  });

  it('says that there is nothing to tell of where no call was made', async () => {
    await showAnswer({ rows: [] });

    expect(
      await screen.findByText('No calls in this window'),
    ).toBeInTheDocument();
  });

  it('says what could not be read', async () => {
    const error = await responseError(503, 'Jaeger does not answer');
    await show(async () => {
      throw error;
    });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Jaeger does not answer',
    );
  });

  it('shows nothing to those who may not see traces', async () => {
    const error = await responseError(403, 'No traces for you');
    await show(async () => {
      throw error;
    });

    await screen.findByText(/No traces for you/);
    expect(
      screen.queryByRole('list', { name: 'What the traces say' }),
    ).toBeNull();
  });
});
