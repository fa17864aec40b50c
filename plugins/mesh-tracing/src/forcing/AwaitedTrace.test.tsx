import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import { TracingWindowProvider } from '../shared/address/TracingWindow';
import {
  checkoutEntity,
  diagnosisResponse,
  diagnosisRung,
  fakeApi,
  responseError,
} from '../testing';
import { FindTrace } from './FindTrace';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const REF = { kind: 'component', namespace: 'default', name: 'checkout' };
const SHORT = { pausesMs: [10], limitMs: 50, settleMs: 0 };

describe('a trace that does not arrive in its time', () => {
  it('is explained by the first rung that fails, and can be looked for again', async () => {
    const api = fakeApi({
      getTrace: async () => {
        throw await responseError(404, 'No such trace');
      },
      getDiagnosis: async () => {
        const [workload] = diagnosisResponse().workloads;
        const rungs = [
          diagnosisRung({
            id: 'provider',
            verdict: 'broken',
            cause: 'No provider is set.',
          }),
        ];
        return diagnosisResponse({
          workloads: [
            { ...workload!, verdict: 'broken', firstRung: 'provider', rungs },
          ],
        });
      },
    });
    renderInTestApp(
      <TestApiProvider apis={[[meshTracingApiRef, api]]}>
        <EntityProvider entity={checkoutEntity()}>
          <TracingWindowProvider>
            <FindTrace entityRef={REF} timing={SHORT} />
          </TracingWindowProvider>
        </EntityProvider>
      </TestApiProvider>,
    );

    await userEvent.type(
      await screen.findByRole('textbox', { name: 'Open a trace by id' }),
      `${ID}{enter}`,
    );

    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(`Trace ${ID} has not arrived in 0 s`);
    expect(await screen.findByText('No provider is set.')).toBeInTheDocument();
    const before = api.getTrace.mock.calls.length;
    await userEvent.click(screen.getByRole('button', { name: 'Look again' }));
    expect(api.getTrace.mock.calls.length).toBeGreaterThan(before);
  });
});
