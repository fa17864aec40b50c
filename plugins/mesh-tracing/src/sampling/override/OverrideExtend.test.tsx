import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  OverrideRequest,
  OverrideView,
  PreviewResponse,
} from 'backstage-plugin-mesh-tracing-common';
import {
  overrideView,
  previewResponse,
  renderSampling,
  samplingApi,
  workloadView,
  effectiveTracing,
  overrideYaml,
} from '../../testing';

type Changes = PreviewResponse['changes'];

/** A workload that the override in force is or is not in the chain of. */
function changeOf(
  name: string,
  options: { touched: boolean; override: OverrideView },
): Changes[number] {
  const chain = options.touched
    ? [{ ...options.override, level: 'workload' as const }]
    : [];
  return {
    workload: workloadView({ name }),
    before: effectiveTracing({ chain }),
    after: effectiveTracing(),
    changedFields: [],
    intended: name === 'checkout',
  };
}

/** Previews as the backend does, of an override that may touch others too. */
function previewOf(
  current: OverrideView,
  request: OverrideRequest,
  others: Changes = [],
): PreviewResponse {
  const isAllowed = others.length === 0 || request.acceptOtherWorkloads;
  return previewResponse({
    token: isAllowed ? 'token-1' : undefined,
    action: 'update',
    currentYaml: overrideYaml(current),
    yaml: overrideYaml({
      ...current,
      samplingPercent: request.samplingPercent,
      customTags: request.customTags ?? {},
      setsCustomTags: request.customTags !== undefined,
      expiresAt: request.expiresAt ?? undefined,
      reason: request.reason,
    }),
    changes: [
      changeOf('checkout', { touched: true, override: current }),
      ...others,
    ],
    verdicts: isAllowed
      ? []
      : [
          {
            rule: 'other-workloads',
            allowed: false,
            message: 'This changes basket too; it needs your consent',
            field: 'acceptOtherWorkloads',
          },
        ],
  });
}

/** The tab with an override, of which the cluster may hold a later version. */
function withOverride(options: {
  seen?: OverrideView;
  current?: OverrideView;
  others?: Changes;
  wide?: boolean;
  maxDurationMs?: number;
}) {
  const { seen = overrideView() } = options;
  return samplingApi(
    {
      item: options.wide ? { wideOverrides: [seen] } : { override: seen },
      ability: {
        ...(options.maxDurationMs && { maxDurationMs: options.maxDurationMs }),
        scopes: [
          { scope: 'workload', allowed: true },
          { scope: 'namespace', allowed: true },
        ],
      },
    },
    {
      previewOverride: async (_entity, request) =>
        previewOf(options.current ?? seen, request, options.others),
    },
  );
}

/** When an override ends, some hours later. */
function hoursLater({ expiresAt }: OverrideView, hours: number): string {
  const endMs = Date.parse(expiresAt ?? '') + hours * 3_600_000;
  return new Date(endMs).toISOString();
}

async function extend() {
  await userEvent.click(
    await screen.findByRole('button', { name: 'Extend by 1 hour' }),
  );
}

describe('extending an override', () => {
  it('takes one click where nothing but its end moves', async () => {
    const seen = overrideView();
    const { api } = renderSampling(withOverride({ seen }));
    await extend();

    expect(await screen.findByText('Override extended')).toBeInTheDocument();
    expect(api.applyOverride.mock.lastCall?.[1].override).toMatchObject({
      samplingPercent: 100,
      expiresAt: hoursLater(seen, 1),
    });
  });

  it('does not bring back the inherited tags that the override takes away', async () => {
    const seen = overrideView({ customTags: {}, setsCustomTags: true });
    const { api } = renderSampling(withOverride({ seen }));
    await extend();

    await screen.findByText('Override extended');
    expect(api.applyOverride.mock.lastCall?.[1].override.customTags).toEqual(
      {},
    );
  });

  it('keeps the consent for workloads that it touches already', async () => {
    const seen = overrideView();
    const others = [changeOf('basket', { touched: true, override: seen })];
    const { api } = renderSampling(withOverride({ seen, others }));
    await extend();

    await screen.findByText('Override extended');
    expect(api.applyOverride.mock.lastCall?.[1].override).toMatchObject({
      acceptOtherWorkloads: true,
    });
  });

  it('asks for consent where it would newly touch others', async () => {
    const seen = overrideView();
    const others = [changeOf('basket', { touched: false, override: seen })];
    const { api } = renderSampling(withOverride({ seen, others }));
    await extend();

    const panel = await screen.findByRole('region', {
      name: 'What would change',
    });
    expect(panel).toHaveTextContent('it needs your consent');
    expect(api.applyOverride).not.toHaveBeenCalled();

    await userEvent.click(
      within(panel).getByRole('button', { name: 'Change them too' }),
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Apply' }));
    expect(await screen.findByText('Override extended')).toBeInTheDocument();
  });

  it('tells why the API server does not take it', async () => {
    const seen = overrideView();
    const api = withOverride({ seen });
    api.previewOverride.mockImplementation(async (_entity, request) => ({
      ...previewOf(seen, request),
      token: undefined,
      dryRun: {
        outcome: 'refused',
        message: 'admission webhook says no',
        warnings: [],
      },
    }));
    renderSampling(api);
    await extend();

    expect(
      await screen.findByText('admission webhook says no'),
    ).toBeInTheDocument();
    expect(screen.getByText(/^Not extended/)).toBeInTheDocument();
    expect(api.applyOverride).not.toHaveBeenCalled();
  });

  it('of a whole namespace is shown, and confirmed by typing its name', async () => {
    const seen = overrideView({ scope: 'namespace' });
    const { api } = renderSampling(withOverride({ seen, wide: true }));
    await extend();

    const field = await screen.findByLabelText(
      /^Type the name of the namespace/,
    );
    expect(api.applyOverride).not.toHaveBeenCalled();
    await userEvent.type(field, 'shop');
    await userEvent.click(screen.getByRole('button', { name: 'Apply' }));
    expect(await screen.findByText('Override extended')).toBeInTheDocument();
    expect(api.applyOverride.mock.lastCall?.[1].confirmScope).toBe('shop');
  });

  it('does not undo what a colleague changed since it was shown', async () => {
    const seen = overrideView();
    const { api } = renderSampling(
      withOverride({
        seen,
        current: { ...seen, samplingPercent: 5, changedBy: 'user:default/max' },
      }),
    );
    await extend();

    const conflict = await screen.findByRole('region', {
      name: 'The override changed in the meantime',
    });
    expect(conflict).toHaveTextContent('Changed by max.');
    expect(
      within(conflict).getByRole('row', { name: 'Sampling 100 % 5 % 100 %' }),
    ).toBeInTheDocument();
    expect(api.applyOverride).not.toHaveBeenCalled();

    await userEvent.click(
      within(conflict).getByRole('button', { name: 'Show it as it is now' }),
    );
    expect(api.getTracing).toHaveBeenCalledTimes(2);
  });

  it('never makes it end sooner', async () => {
    const seen = overrideView();
    const { api } = renderSampling(
      withOverride({ seen, maxDurationMs: 15 * 60_000 }),
    );
    await extend();

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Not extended: at most 15 min from now are allowed',
    );
    expect(api.previewOverride).not.toHaveBeenCalled();
  });

  it('is shown first where it adds less than an hour, and can be left', async () => {
    const seen = overrideView();
    const { api } = renderSampling(
      withOverride({ seen, maxDurationMs: 60 * 60_000 }),
    );
    await extend();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Cancel' }),
    );

    expect(
      screen.getByRole('region', { name: 'Override in force' }),
    ).toHaveFocus();
    expect(api.applyOverride).not.toHaveBeenCalled();
  });

  it('goes on from what was written, before the mesh shows it', async () => {
    const seen = overrideView();
    let current = seen;
    const api = withOverride({ seen: current });
    api.previewOverride.mockImplementation(async (_entity, request) =>
      previewOf(current, request),
    );
    api.applyOverride.mockImplementation(async (_entity, { override }) => {
      current = {
        ...current,
        resourceVersion: '42',
        expiresAt: override.expiresAt ?? undefined,
      };
      return { override: current, warnings: [] };
    });
    renderSampling(api);
    await extend();
    await screen.findByText('Override extended');
    await extend();
    await waitFor(() => expect(api.applyOverride).toHaveBeenCalledTimes(2));

    expect(screen.queryByText(/in the meantime/)).toBeNull();
    expect(current.expiresAt).toBe(hoursLater(seen, 2));
  });
});
