import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { RequestRateResponse } from 'backstage-plugin-mesh-tracing-common';
import {
  renderSamplingForm,
  requestRateResponse,
  responseError,
  samplingApi,
} from '../../testing';

function setUp(
  rate: () => Promise<RequestRateResponse>,
  ability: { maxPercent?: number } = {},
) {
  const api = samplingApi({ ability }, { getRequestRate: rate });
  renderSamplingForm(api);
  return api;
}

const open = async () => {
  await userEvent.click(
    await screen.findByRole('button', { name: 'Suggest a percentage' }),
  );
  return screen.findByRole('group', { name: 'Suggested percentage' });
};

const enterGoal = async (group: HTMLElement, goal: string) => {
  const field = await within(group).findByRole('textbox', {
    name: 'Traces a minute',
  });
  await userEvent.clear(field);
  await userEvent.type(field, goal);
  await userEvent.tab();
};

describe('a suggested percentage', () => {
  it('shows its arithmetic and is taken over into the form', async () => {
    setUp(async () => requestRateResponse());
    const group = await open();
    await enterGoal(group, '6');

    expect(await within(group).findByRole('status')).toHaveTextContent(
      'At 12.3 requests a second, 0.81 % give about 5.98 traces a minute.',
    );
    expect(group).toHaveTextContent(
      'With 1 % of the requests failing, that is one failing trace every 16 min 44 s.',
    );
    expect(group).toHaveTextContent(
      'From 12 traces that began here in the last hour.',
    );
    await userEvent.click(
      within(group).getByRole('button', { name: 'Use 0.81 %' }),
    );
    expect(
      screen.getByRole('textbox', { name: 'Percentage of requests' }),
    ).toHaveValue('0.81');
  });

  it('asks for the rate only when it is opened', async () => {
    const api = setUp(async () => requestRateResponse());
    await screen.findByRole('button', { name: 'Suggest a percentage' });
    expect(api.getRequestRate).not.toHaveBeenCalled();
    await open();
    await waitFor(() => expect(api.getRequestRate).toHaveBeenCalledTimes(1));
  });

  it('stays within what may be set here, and says what is missed', async () => {
    setUp(async () => requestRateResponse({ requestsPerSecond: 0.1 }), {
      maxPercent: 25,
    });
    const group = await open();

    expect(
      await within(group).findByRole('button', { name: 'Use 25 %' }),
    ).toBeInTheDocument();
    expect(group).toHaveTextContent(
      'That is less than you want: 25 % is the most here.',
    );
  });

  it('says that no rate is known', async () => {
    setUp(async () => requestRateResponse({ requestsPerSecond: null }));
    const group = await open();

    expect(
      await within(group).findByText(/^Nothing tells/),
    ).toBeInTheDocument();
    expect(within(group).queryByRole('button')).toBeNull();
  });

  it('says why the rate could not be read', async () => {
    setUp(async () =>
      requestRateResponse({ requestsPerSecond: null, problem: 'It is away.' }),
    );

    expect(await open()).toBeInTheDocument();
    expect(
      await screen.findByText(
        'The rate of requests could not be read. It is away.',
      ),
    ).toBeInTheDocument();
  });

  it('says that the caller may not read traces', async () => {
    setUp(() =>
      responseError(403, 'You may not').then(error => {
        throw error;
      }),
    );
    await open();

    expect(await screen.findByText('You may not')).toBeInTheDocument();
  });

  it('needs a goal above zero', async () => {
    setUp(async () => requestRateResponse());
    const group = await open();
    await enterGoal(group, '0');

    expect(
      await within(group).findByText('A number above 0.'),
    ).toBeInTheDocument();
    expect(within(group).queryByRole('button', { name: /^Use/ })).toBeNull();
  });

  it('says that a rate may be too high', async () => {
    setUp(async () =>
      requestRateResponse({
        upperBound: true,
        bounds: { low: 10, high: 15 },
      }),
    );
    const group = await open();

    expect(await within(group).findByRole('status')).toHaveTextContent(
      /10 to 15 at 95 % confidence.*upper bound/,
    );
  });
});
