import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  PreviewResponse,
  SamplingAbility,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import {
  fakeApi,
  fillForm,
  overrideView,
  preview,
  previewResponse,
  renderTab,
  tracingResponse,
  workloadTracing,
} from '../../testing';

const CHANGING = '?view=sampling&auto=off&change=true';

function withAbility(
  ability: Partial<SamplingAbility>,
  item: Partial<WorkloadTracing> = {},
) {
  const response = tracingResponse({ workloads: [workloadTracing(item)] });
  return fakeApi({
    getTracing: async () => ({
      ...response,
      ability: { ...response.ability, ...ability },
    }),
  });
}

async function submit() {
  await userEvent.click(await screen.findByRole('button', { name: 'Preview' }));
}

describe('a field that is wrong', () => {
  it('takes the focus and says why', async () => {
    renderTab({ search: CHANGING });
    const percent = await screen.findByRole('textbox', {
      name: 'Percentage of requests',
    });
    await userEvent.clear(percent);
    await submit();

    await waitFor(() => expect(percent).toHaveFocus());
    expect(percent).toBeInvalid();
    expect(percent).toHaveAccessibleDescription(
      'Percentage: a number from 0 to 100.',
    );
  });

  it('is found behind those that are right', async () => {
    renderTab({ search: CHANGING });
    await submit();

    const reason = screen.getByLabelText(/^Reason/);
    await waitFor(() => expect(reason).toHaveFocus());
    expect(reason).toHaveAccessibleDescription('Reason: it is required here.');
  });

  it('is the end where it can not be permanent', async () => {
    renderTab({ search: CHANGING });
    await fillForm();
    await userEvent.click(screen.getByRole('radio', { name: 'At a time' }));
    await submit();

    const end = screen.getByLabelText('Ends at');
    await waitFor(() => expect(end).toHaveFocus());
    expect(end).toHaveAccessibleDescription('End: choose a date and time.');
  });

  it('is the part of a tag that is meant', async () => {
    renderTab({ search: CHANGING });
    await fillForm();
    await userEvent.click(screen.getByRole('switch', { name: /custom tags/ }));
    const value = screen.getByLabelText('Value');
    await userEvent.clear(value);
    await submit();

    await waitFor(() => expect(value).toHaveFocus());
    expect(value).toBeInvalid();
    expect(value).toHaveAccessibleDescription(
      'Value: a tag without one is refused.',
    );
    expect(screen.getByLabelText('Tag')).toBeValid();
  });

  it('is the switch where nothing would change', async () => {
    const api = withAbility({
      fields: {
        provider: true,
        disableSpanReporting: true,
        disableContextPropagation: true,
      },
    });
    renderTab({ api, search: CHANGING });
    await fillForm();
    const sampling = screen.getByRole('switch', { name: /percentage/ });
    await userEvent.click(sampling);
    await submit();

    await waitFor(() => expect(sampling).toHaveFocus());
    expect(sampling).toHaveAccessibleDescription(
      'Set a percentage, custom tags, a provider, reporting or propagation; else nothing changes.',
    );
  });
});

describe('span reporting and context propagation', () => {
  const fields = {
    provider: false,
    disableSpanReporting: true,
    disableContextPropagation: true,
  };

  it('can be switched on where they are inherited as off', async () => {
    const api = withAbility({ fields });
    renderTab({ api, search: CHANGING });
    await userEvent.click(
      within(
        await screen.findByRole('radiogroup', { name: 'Span reporting' }),
      ).getByRole('radio', { name: 'on' }),
    );
    await preview();

    const request = api.previewOverride.mock.lastCall?.[1];
    expect(request).toHaveProperty('disableSpanReporting', false);
    expect(request).not.toHaveProperty('disableContextPropagation');
  });

  it.each([fields, undefined])(
    'stay switched on when the override is edited (offered: %o)',
    async offered => {
      const api = withAbility(
        { fields: offered },
        { override: overrideView({ disableSpanReporting: false }) },
      );
      renderTab({ api, search: CHANGING });
      await preview();

      expect(api.previewOverride.mock.lastCall?.[1]).toHaveProperty(
        'disableSpanReporting',
        false,
      );
    },
  );
});

describe('an override that takes all tags away', () => {
  it('still does when it is edited', async () => {
    const api = withAbility(
      {},
      { override: overrideView({ customTags: {}, setsCustomTags: true }) },
    );
    renderTab({ api, search: CHANGING });
    await preview();

    expect(api.previewOverride.mock.lastCall?.[1].customTags).toEqual({});
  });
});

describe('a preview', () => {
  it('sums the change up beside the button that applies it', async () => {
    renderTab({ search: CHANGING });
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
    renderTab({ api, search: CHANGING });
    await fillForm();
    await submit();

    const text = 'Working out what would change.';
    expect(await screen.findByText(text)).toHaveAttribute('role', 'status');
    answer(previewResponse());
    await screen.findByRole('region', { name: 'What would change' });
    expect(screen.queryByText(text)).toBeNull();
  });
});
