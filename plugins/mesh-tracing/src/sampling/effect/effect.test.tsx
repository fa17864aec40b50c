import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { SamplingEffect } from 'backstage-plugin-mesh-tracing-common';
import {
  fakeApi,
  preview,
  previewResponse,
  renderSampling,
  renderSamplingForm,
  samplingApi,
  overrideView,
} from '../../testing';

function effect(patch: Partial<SamplingEffect> = {}): SamplingEffect {
  return {
    beforePercent: 10,
    afterPercent: 50,
    startedHere: 'none-start',
    startedElsewhere: 'kept',
    keptBeforePercent: 100,
    keptAfterPercent: 100,
    samplingWithoutEffect: true,
    tags: 'on-new-spans',
    seen: { traces: 500, began: 0, complete: true },
    firstHops: [
      {
        service: 'ingress.istio-system',
        traces: 500,
        entityRef: 'component:default/ingress',
        ownerRefs: ['group:default/platform'],
      },
    ],
    ...patch,
  };
}

async function previewed(verdict: SamplingEffect) {
  renderSamplingForm(
    fakeApi({
      previewOverride: async () =>
        previewResponse({ effect: verdict, impact: null }),
      applyOverride: async () => ({
        override: overrideView({ live: true }),
        warnings: [],
      }),
    }),
  );
  await preview();
  return screen.findByRole('region', { name: 'What would change' });
}

describe('the verdict on a change', () => {
  it('expects no more traces where none starts here, and leads to where they start', async () => {
    const region = await previewed(effect());

    expect(region).toHaveTextContent(
      'No more traces expected: 0 of 500 traces seen start here.',
    );
    expect(screen.getByRole('link', { name: /ingress/ })).toBeVisible();
    expect(screen.getByRole('link', { name: /platform/ })).toBeVisible();
  });

  it('expects no traces without calling the traffic too low for an estimate', async () => {
    const region = await previewed(effect());

    expect(region).toHaveTextContent(
      'None expected: 0 of 500 traces seen start here.',
    );
    expect(region).not.toHaveTextContent('Not enough traffic');
  });

  it('is repeated after Apply', async () => {
    await previewed(effect());
    await userEvent.click(screen.getByRole('button', { name: 'Apply' }));

    expect(
      await screen.findByText(
        'Tags appear on new spans; sampling has no effect here.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.queryByText(/New requests are sampled by it/),
    ).not.toBeInTheDocument();
  });

  it('tells of a lower percentage what becomes of traces that start here and of others, before and after Apply', async () => {
    const region = await previewed(
      effect({
        afterPercent: 5,
        startedElsewhere: 'decided-again',
        keptBeforePercent: 10,
        keptAfterPercent: 5,
        samplingWithoutEffect: false,
        tags: 'unchanged',
      }),
    );
    const both = [
      'No fewer traces expected: 0 of 500 traces seen start here.',
      'Of those that arrive with their trace context alone, 5 % keep them; 10 % before.',
    ];
    both.forEach(text => expect(region).toHaveTextContent(text));

    await userEvent.click(screen.getByRole('button', { name: 'Apply' }));
    const banner = await screen.findByText(/No fewer traces expected/);
    both.forEach(text => expect(banner).toHaveTextContent(text));
  });

  it('stands on the card of the override in force', async () => {
    renderSampling(
      samplingApi({
        item: {
          override: overrideView({ live: true }),
          overrideEffect: effect(),
        },
      }),
    );

    const card = await screen.findByRole('region', {
      name: 'Override in force',
    });
    expect(card).toHaveTextContent(
      'Tags appear on new spans; sampling has no effect here.',
    );
    expect(card).toHaveTextContent('They start at');
  });
});
