import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderSampling, samplingApi, workloadTracing } from '../../testing';

describe('the provenance of sampling', () => {
  it('shows in a ladder which value is in force, and which ones it replaces', async () => {
    renderSampling();

    const row = (await screen.findByRole('rowheader', { name: 'Sampling' }))
      .parentElement as HTMLElement;
    const cells = within(row)
      .getAllByRole('cell')
      .map(cell => cell.textContent);
    expect(cells).toEqual([
      '50 %',
      '50 %shop/checkout-tracing',
      'replaced: 10 %shop/shop-tracing',
      'replaced: 1 %istio-system/mesh-default-tracing',
      '',
      "replaced: 1 %Istio's default",
    ]);
  });

  it('shows the YAML of each Telemetry', async () => {
    renderSampling();

    const [link] = await screen.findAllByRole('button', {
      name: 'Show YAML of shop/shop-tracing',
    });
    await userEvent.click(link as HTMLElement);

    expect(await screen.findByRole('dialog')).toHaveTextContent(
      'randomSamplingPercentage: 10',
    );
  });

  it('tells which Telemetries do not apply, and why', async () => {
    renderSampling();

    await userEvent.click(
      await screen.findByText('1 Telemetry that does not apply here'),
    );

    expect(
      screen.getByText(/An older namespace-wide Telemetry exists/),
    ).toBeInTheDocument();
  });
});

describe('a workload without a proxy', () => {
  it.each([
    [{ ambient: true as const }, 'in the ambient mesh, without a sidecar'],
    [{}, 'This workload is not in the mesh'],
  ])('of which %j is known is explained by “%s”', async (patch, title) => {
    const item = workloadTracing();
    renderSampling(
      samplingApi({
        item: {
          workload: { ...item.workload, proxy: 'none', ...patch },
          effective: {
            path: 'none',
            chain: [],
            findings: [],
            ignored: item.effective.ignored,
          },
        },
      }),
    );

    expect(await screen.findByText(new RegExp(title))).toBeInTheDocument();
  });
});
