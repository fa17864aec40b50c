import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  PreviewResponse,
  Reach,
  SamplingAbility,
} from 'backstage-plugin-mesh-tracing-common';
import {
  fakeApi,
  previewResponse,
  renderTab,
  tracingResponse,
} from '../../testing';

const SEARCH = '?view=sampling&auto=off&change=true';

const REACH: Reach = {
  workloads: 4,
  changed: 1,
  namespaces: ['shop'],
  owners: ['group:default/payments'],
  unowned: 0,
};

function wideApi(
  preview: Partial<PreviewResponse> = {},
  ability: Partial<SamplingAbility> = {},
) {
  const response = tracingResponse();
  return fakeApi({
    getTracing: async () => ({
      ...response,
      ability: {
        ...response.ability,
        reasonRequired: false,
        scopes: [
          { scope: 'workload', allowed: true },
          { scope: 'namespace', allowed: true },
        ],
        ...ability,
      },
    }),
    previewOverride: async () => previewResponse({ reach: REACH, ...preview }),
  });
}

async function previewed(preview: Partial<PreviewResponse>) {
  const { api } = renderTab({ search: SEARCH, api: wideApi(preview) });
  await userEvent.click(
    await screen.findByRole('radio', { name: 'Whole namespace shop' }),
  );
  await userEvent.click(screen.getByRole('button', { name: 'Preview' }));
  const panel = await screen.findByRole('region', {
    name: 'What would change',
  });
  return { api, panel };
}

describe('what a change of many reaches', () => {
  it('leads to those whose workloads change', async () => {
    const { panel } = await previewed({});
    expect(panel).toHaveTextContent(
      'Changes 1 of 4 workloads of 1 owner in namespace shop',
    );
    expect(
      within(panel).getByRole('link', { name: /payments/ }),
    ).toBeInTheDocument();
  });

  it('is summed up by what was asked for, not by one of them', async () => {
    const { panel } = await previewed({});
    expect(panel).toHaveTextContent(
      /sampling 50 %, the whole namespace shop, changes 1 of 4 workloads, until/,
    );
  });

  it('says so when it is nobody', async () => {
    const { panel } = await previewed({
      reach: { ...REACH, changed: 0, namespaces: [], owners: [] },
      changes: [],
    });
    expect(panel).toHaveTextContent('Changes none of the 4 workloads in reach');
  });

  it('names the workloads that stay as they are', async () => {
    const [change] = previewResponse().changes;
    const { panel } = await previewed({
      changes: [
        change!,
        {
          ...change!,
          workload: { ...change!.workload, name: 'ledger' },
          after: change!.before,
          changedFields: [],
        },
      ],
    });
    expect(panel).toHaveTextContent('As before: ledger.');
  });

  it('adds up what its workloads would do', async () => {
    const { panel } = await previewed({});
    expect(
      within(panel).getByRole('row', {
        name: /Traces a second started at these workloads 10\S* 20\S*/,
      }),
    ).toBeInTheDocument();
  });

  it('says where an estimate is missing', async () => {
    const { panel } = await previewed({ impact: null });
    expect(panel).toHaveTextContent('Not enough traffic was seen');
  });

  it('costs nothing where nothing changes', async () => {
    const { panel } = await previewed({
      impact: null,
      reach: { ...REACH, changed: 0, namespaces: [], owners: [] },
      changes: [],
    });
    expect(panel).toHaveTextContent(
      'Estimated impactNone: no workload would trace differently.',
    );
  });

  it('says where the rule of a namespace comes from, and a repeated one once', async () => {
    const { panel } = await previewed({
      token: undefined,
      gitOps: { source: 'annotation', tool: 'flux', yaml: 'kind: Telemetry\n' },
      verdicts: [
        {
          rule: 'freeze',
          allowed: false,
          message: 'Not on Fridays',
          count: 12,
        },
      ],
    });
    expect(panel).toHaveTextContent('Not on Fridays (12 times)');
    expect(
      within(panel).getByRole('region', {
        name: 'Make the change in the repository of Flux',
      }),
    ).toHaveTextContent(
      'The annotation meshtracing.io/gitops of the namespace gives it to a repository.',
    );
  });
});

describe('the choice of a provider', () => {
  const choose = async (from: string, to: string) => {
    await userEvent.click(
      await screen.findByRole('button', {
        name: new RegExp(`${from}.*Provider|Provider.*${from}`),
      }),
    );
    await userEvent.click(await screen.findByRole('option', { name: to }));
  };

  it('is among those that can trace, and can be taken back', async () => {
    const { api } = renderTab({
      search: SEARCH,
      api: wideApi(
        {},
        {
          fields: {
            provider: true,
            disableSpanReporting: false,
            disableContextPropagation: false,
          },
          providers: { demo: ['jaeger', 'zipkin'] },
        },
      ),
    });
    const requested = async () => {
      await userEvent.click(screen.getByRole('button', { name: 'Preview' }));
      await screen.findByRole('region', { name: 'What would change' });
      return api.previewOverride.mock.lastCall?.[1];
    };
    await choose('as inherited', 'zipkin');
    expect(await requested()).toMatchObject({ provider: 'zipkin' });
    await choose('zipkin', 'as inherited');
    expect(await requested()).not.toHaveProperty('provider');
  });
});
