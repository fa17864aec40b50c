import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  PreviewResponse,
  Reach,
} from 'backstage-plugin-mesh-tracing-common';
import {
  fakeApi,
  fillForm,
  preview,
  previewResponse,
  renderSamplingForm,
  samplingApi,
  submitForm,
} from '../../testing';

const REACH: Reach = {
  workloads: 4,
  changed: 1,
  namespaces: ['shop'],
  owners: ['group:default/payments'],
  unowned: 0,
};

function wideApi(patch: Partial<PreviewResponse> = {}) {
  return samplingApi(
    {
      ability: {
        reasonRequired: false,
        scopes: [
          { scope: 'workload', allowed: true },
          { scope: 'namespace', allowed: true },
        ],
      },
    },
    {
      previewOverride: async () => previewResponse({ reach: REACH, ...patch }),
    },
  );
}

async function previewed(patch: Partial<PreviewResponse>) {
  const { api } = renderSamplingForm(wideApi(patch));
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
  it('is told with links to the owners of the workloads that change', async () => {
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

  it('is said to be nothing where no workload would change', async () => {
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

  it('has one estimate for all its workloads together', async () => {
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

describe('a preview', () => {
  it('sums the change up beside the button that applies it', async () => {
    renderSamplingForm();
    const panel = await preview();

    expect(
      within(panel).getByText(
        /^50 % → 100 %, this workload, until .*\d\d:\d\d/,
      ),
    ).toBeInTheDocument();
  });

  it('is announced while it is worked out', async () => {
    let answer: (response: PreviewResponse) => void = () => {};
    const api = fakeApi({
      previewOverride: () =>
        new Promise<PreviewResponse>(resolve => {
          answer = resolve;
        }),
    });
    renderSamplingForm(api);
    await fillForm();
    await submitForm();

    const text = 'Working out what would change.';
    expect(await screen.findByText(text)).toHaveAttribute('role', 'status');
    answer(previewResponse());
    await screen.findByRole('region', { name: 'What would change' });
    expect(screen.queryByText(text)).toBeNull();
  });
});

describe('a change that belongs into a repository', () => {
  it('gives the YAML, and the pull request where the site has a template', async () => {
    const api = fakeApi({
      previewOverride: async () => ({
        ...previewResponse(),
        token: undefined,
        gitOps: {
          source: 'object',
          tool: 'argocd',
          name: 'shop-app',
          yaml: 'kind: Telemetry\n',
          scaffolderUrl: '/create/templates/default/change?formData=%7B%7D',
        },
      }),
    });
    renderSamplingForm(api);
    await preview();

    const part = screen.getByRole('region', {
      name: 'Make the change in the repository of Argo CD shop-app',
    });
    expect(part).toHaveTextContent('kind: Telemetry');
    expect(part).toHaveTextContent('Marks on the object show');
    expect(
      within(part).getByRole('button', { name: 'Copy as a kubectl command' }),
    ).toBeInTheDocument();
    expect(
      within(part).getByRole('link', { name: 'Open a pull request' }),
    ).toHaveAttribute(
      'href',
      '/create/templates/default/change?formData=%7B%7D',
    );
    expect(screen.getByRole('button', { name: 'Apply' })).toBeDisabled();
  });
});
