import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  fillForm,
  preview,
  renderSamplingForm,
  samplingApi,
  overrideView,
  submitForm,
} from '../../testing';

describe('a field that is wrong', () => {
  it('takes the focus and says why', async () => {
    renderSamplingForm();
    const percent = await screen.findByRole('textbox', {
      name: 'Percentage of requests',
    });
    await userEvent.clear(percent);
    await submitForm();

    await waitFor(() => expect(percent).toHaveFocus());
    expect(percent).toBeInvalid();
    expect(percent).toHaveAccessibleDescription(
      'Percentage: a number from 0 to 100.',
    );
  });

  it('takes the focus although fields before it are right', async () => {
    renderSamplingForm();
    await submitForm();

    const reason = screen.getByLabelText(/^Reason/);
    await waitFor(() => expect(reason).toHaveFocus());
    expect(reason).toHaveAccessibleDescription('Reason: it is required here.');
  });

  it('is the end of the override where it may not be permanent', async () => {
    renderSamplingForm();
    await fillForm();
    await userEvent.click(screen.getByRole('radio', { name: 'At a time' }));
    await submitForm();

    const end = screen.getByLabelText('Ends at');
    await waitFor(() => expect(end).toHaveFocus());
    expect(end).toHaveAccessibleDescription('End: choose a date and time.');
  });

  it('is the very part of a tag that is wrong', async () => {
    renderSamplingForm();
    await fillForm();
    await userEvent.click(screen.getByRole('switch', { name: /custom tags/ }));
    const value = screen.getByLabelText('Value');
    await userEvent.clear(value);
    await submitForm();

    await waitFor(() => expect(value).toHaveFocus());
    expect(value).toBeInvalid();
    expect(value).toHaveAccessibleDescription(
      'Value: a tag without one is refused.',
    );
    expect(screen.getByLabelText('Tag')).toBeValid();
  });

  it('is the switch of sampling where the override would change nothing', async () => {
    const api = samplingApi({
      ability: {
        fields: {
          provider: true,
          disableSpanReporting: true,
          disableContextPropagation: true,
        },
      },
    });
    renderSamplingForm(api);
    await fillForm();
    const sampling = screen.getByRole('switch', { name: /percentage/ });
    await userEvent.click(sampling);
    await submitForm();

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
    const api = samplingApi({ ability: { fields } });
    renderSamplingForm(api);
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
      const api = samplingApi({
        ability: { fields: offered },
        item: { override: overrideView({ disableSpanReporting: false }) },
      });
      renderSamplingForm(api);
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
    const api = samplingApi({
      item: {
        override: overrideView({ customTags: {}, setsCustomTags: true }),
      },
    });
    renderSamplingForm(api);
    await preview();

    expect(api.previewOverride.mock.lastCall?.[1].customTags).toEqual({});
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

  it('offers the providers that can trace, and can be taken back', async () => {
    const { api } = renderSamplingForm(
      samplingApi({
        ability: {
          reasonRequired: false,
          fields: {
            provider: true,
            disableSpanReporting: false,
            disableContextPropagation: false,
          },
          providers: { demo: ['jaeger', 'zipkin'] },
        },
      }),
    );
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
