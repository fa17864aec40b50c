import { renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  AlertCheck,
  AlertRulesResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { meshTracingPlugin } from '../plugin';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import {
  alertRule,
  alertRulesResponse,
  fakeApi,
  renderTab,
  responseError,
} from '../testing';

async function openPanel(answer: AlertRulesResponse = alertRulesResponse()) {
  const api = fakeApi({ makeAlertRules: async () => answer });
  renderTab({ api, search: '?view=latency&auto=off' });
  const button = await screen.findByRole('button', { name: 'Alert rules' });
  expect(button).toHaveAttribute('aria-expanded', 'false');
  await userEvent.click(button);
  expect(button).toHaveAttribute('aria-expanded', 'true');
  const form = await screen.findByRole('form', { name: 'Alert rules to make' });
  return { api, form };
}

const submit = (form: HTMLElement) =>
  userEvent.click(within(form).getByRole('button', { name: 'Check and show' }));

async function resultOf(answer: AlertRulesResponse) {
  const { form, api } = await openPanel(answer);
  await submit(form);
  const result = await screen.findByRole('region', {
    name: 'Checked against the metrics',
  });
  return { api, result };
}

const resultWith = (check: AlertCheck, leftOut = false) =>
  resultOf(alertRulesResponse({}, [alertRule({ check, leftOut })]));

describe('alert rules of an entity', () => {
  it('begin with an objective and a percentile, and are asked for as typed', async () => {
    const { api, form } = await openPanel();
    const objective = within(form).getByRole('textbox', {
      name: 'Requests that succeed, %',
    });
    await userEvent.clear(objective);
    await userEvent.type(objective, '99.5');
    await userEvent.type(
      within(form).getByRole('textbox', {
        name: 'Labels of the PrometheusRule',
      }),
      'release=prometheus, team=shop',
    );
    await submit(form);

    expect(api.makeAlertRules.mock.lastCall?.[1]).toEqual({
      errorBudget: {
        objectivePercent: 99.5,
        periodDays: 30,
        leastRequests: 50,
      },
      latency: {
        p95MaxMs: 500,
        windowMinutes: 5,
        forMinutes: 5,
        leastRequests: 50,
        severity: 'warning',
      },
      format: 'prometheus-rule',
      object: { labels: { release: 'prometheus', team: 'shop' } },
    });
  });

  it('show value, state and how often each would have fired', async () => {
    const { result } = await resultOf(alertRulesResponse());
    const row = within(result).getByRole('row', {
      name: /MeshTracingErrorRate/,
    });
    expect(row).toHaveTextContent('above 1 %, after 5 min');
    expect(row).toHaveTextContent('Series exist: 0.42 %');
    expect(row).toHaveTextContent('would have fired 2 times, 25 min together');
  });

  it('say which metric is missing, and can be kept all the same', async () => {
    const { api, result } = await resultWith(
      {
        state: 'no-series',
        missing: [{ kind: 'metric', metric: 'istio_requests_total' }],
      },
      true,
    );
    expect(result).toHaveTextContent(
      'There is no metric istio_requests_total.',
    );
    expect(result).toHaveTextContent('Left out of the files');
    await userEvent.click(
      within(result).getByRole('button', { name: 'Keep them in the files' }),
    );
    await waitFor(() =>
      expect(api.makeAlertRules.mock.lastCall?.[1]).toMatchObject({
        keepsMissing: true,
      }),
    );
  });

  it.each<[string, AlertCheck, string]>([
    [
      'Prometheus is away',
      { state: 'unchecked', reason: 'unavailable', message: 'refused' },
      'The metrics could not be asked: refused',
    ],
    [
      'there are too many',
      { state: 'unchecked', reason: 'too-many' },
      'Too many rules for one answer',
    ],
    [
      'a percentile can not pass the threshold',
      {
        state: 'verified',
        atMs: 0,
        value: 20,
        holdsNow: false,
        firedCount: null,
        firedMinutes: null,
        largestBoundMs: 1_000,
      },
      'The histogram’s last bound is 1 s',
    ],
  ])('say so where %s', async (_, check, text) => {
    const { result } = await resultWith(check);
    expect(result).toHaveTextContent(text);
  });

  it('say what to configure where no metrics are', async () => {
    const { result } = await resultOf(
      alertRulesResponse({ whatToConfigure: 'Add prometheus.' }),
    );
    expect(result).toHaveTextContent('Add prometheus.');
  });

  it('say so where there is nothing to make rules of', async () => {
    const { result } = await resultOf(
      alertRulesResponse({
        groups: [],
        files: null,
        withoutRules: [
          { entityRef: 'component:default/x', reason: 'no-workload' },
        ],
      }),
    );
    expect(result).toHaveTextContent('No rules were made');
    expect(result).toHaveTextContent('1 entity has no rules');
  });

  it('are files to read, copy and save, and the content of a pull request', async () => {
    const saved: string[] = [];
    URL.createObjectURL = jest.fn(() => 'blob:x');
    URL.revokeObjectURL = jest.fn();
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function click(this: HTMLAnchorElement) {
        saved.push(this.download);
      });
    const { result } = await resultOf(alertRulesResponse());
    expect(result).toHaveTextContent('kind: PrometheusRule');
    await userEvent.click(
      within(result).getByRole('button', {
        name: 'Download alerts-checkout-prometheusrule.yaml',
      }),
    );
    expect(saved).toEqual(['alerts-checkout-prometheusrule.yaml']);
    await userEvent.click(
      within(result).getByRole('tab', { name: 'Pull request' }),
    );
    expect(result).toHaveTextContent(
      'alerts/mesh-tracing-component-default-checkout.yaml',
    );
    expect(
      within(result).getByRole('button', { name: 'Copy the text' }),
    ).toBeInTheDocument();
  });

  it('show why the portal could not make them, and can be asked for again', async () => {
    const { api, form } = await openPanel();
    api.makeAlertRules.mockRejectedValueOnce(
      await responseError(503, 'The store is away'),
    );
    await submit(form);
    expect(await screen.findByText('The store is away')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('region', {
        name: 'Checked against the metrics',
      }),
    ).toBeInTheDocument();
  });
});

describe('the form of alert rules', () => {
  it('names a number that is wrong, gives it the focus, and asks nothing', async () => {
    const { api, form } = await openPanel();
    const objective = within(form).getByRole('textbox', {
      name: 'Requests that succeed, %',
    });
    await userEvent.clear(objective);
    await userEvent.type(objective, '100');
    await submit(form);

    await waitFor(() => expect(objective).toHaveFocus());
    expect(objective).toHaveAccessibleDescription(
      'Requests that succeed, %: a number from 50 to 99.999.',
    );
    expect(api.makeAlertRules).not.toHaveBeenCalled();
  });

  it('wants at least one alert', async () => {
    const { api, form } = await openPanel();
    for (const name of [
      'Failures use up an objective’s budget too fast',
      'Requests take too long',
    ]) {
      await userEvent.click(within(form).getByRole('switch', { name }));
    }
    await submit(form);

    expect(within(form).getByRole('alert')).toHaveTextContent(
      'Choose at least one alert.',
    );
    expect(api.makeAlertRules).not.toHaveBeenCalled();
  });

  it('refuses labels that are none', async () => {
    const { api, form } = await openPanel();
    await userEvent.type(
      within(form).getByRole('textbox', {
        name: 'Labels of the PrometheusRule',
      }),
      'release',
    );
    await submit(form);
    expect(form).toHaveTextContent('Labels: name=value');
    expect(api.makeAlertRules).not.toHaveBeenCalled();
  });
});

describe('alert rules of what a user owns', () => {
  it('are opened from the page of owned entities', async () => {
    const api = fakeApi();
    renderTestApp({
      features: [meshTracingPlugin],
      apis: [[meshTracingApiRef, api]],
      initialRouteEntries: ['/mesh-tracing'],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Alert rules' }),
    );
    await submit(
      await screen.findByRole('form', { name: 'Alert rules to make' }),
    );
    expect(
      await screen.findByRole('region', {
        name: 'Checked against the metrics',
      }),
    ).toBeInTheDocument();
    expect(api.makeOwnedAlertRules).toHaveBeenCalledTimes(1);
  });
});
