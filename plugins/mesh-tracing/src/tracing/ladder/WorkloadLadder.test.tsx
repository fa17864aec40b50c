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

describe('a workload behind a waypoint', () => {
  const item = workloadTracing();
  const { client: _client, ...effective } = item.effective;
  const to = (kind: 'Service' | 'Workload', name: string) => ({
    kind,
    namespace: 'shop',
    name,
  });
  const waypoint = { namespace: 'shop', name: 'wp' };

  it('shows who traces the requests on each way to it, and the label that says so', async () => {
    renderSampling(
      samplingApi({
        item: {
          workload: { ...item.workload, proxy: 'none', ambient: true },
          effective: {
            ...effective,
            ambient: {
              captured: true,
              routes: [
                {
                  to: to('Service', 'checkout'),
                  state: 'waypoint',
                  waypoint,
                  label: { kind: 'Namespace', name: 'shop', value: 'wp' },
                  fromIngress: true,
                },
                {
                  to: to('Service', 'old'),
                  state: 'waypoint-missing',
                  waypoint: { ...waypoint, name: 'gone' },
                  label: { kind: 'Service', name: 'old', value: 'gone' },
                  fromIngress: false,
                },
                {
                  to: to('Workload', 'checkout'),
                  state: 'no-waypoint',
                  fromIngress: false,
                },
              ],
            },
          },
        },
      }),
    );

    const heading = await screen.findByText('How requests reach it');
    const rows = within(heading.parentElement as HTMLElement)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);
    expect(rows).toEqual([
      'To Service checkout: traced by the waypoint shop/wp (label istio.io/use-waypoint of Namespace shop); those from ingress gateways, too',
      'To Service old: no waypoint: shop/gone, which is named, does not exist (label istio.io/use-waypoint of Service old)',
      'To its pods directly: ztunnel alone, which makes no spans',
    ]);
    expect(screen.getByText(/proxy: waypoint shop\/wp/)).toBeInTheDocument();
    expect(
      screen.getByRole('rowheader', { name: 'Sampling' }),
    ).toBeInTheDocument();
  });

  it('may be changed, since its waypoint has a proxy', async () => {
    renderSampling(
      samplingApi({
        item: {
          workload: { ...item.workload, proxy: 'none', ambient: true },
          effective: {
            ...effective,
            ambient: { captured: true, routes: [] },
          },
        },
      }),
    );
    expect(
      await screen.findByRole('button', { name: 'Change sampling or tags' }),
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
