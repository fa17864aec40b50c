import { screen } from '@testing-library/react';
import type { BindingView } from 'backstage-plugin-mesh-tracing-common';
import { renderSampling, samplingApi, workloadTracing } from '../../testing';

function binding(changes: Partial<BindingView> = {}): BindingView {
  const { cluster, namespace, kind, name } = workloadTracing().workload;
  return {
    workload: { cluster, namespace, kind, name },
    state: 'holds',
    claim: 'consent',
    explanation: 'component:default/checkout stands for it by a label.',
    others: [],
    tracesShown: true,
    change: { allowed: true },
    findings: [],
    ...changes,
  };
}

function showing(view: BindingView) {
  renderSampling(samplingApi({ item: { binding: view } }));
}

describe('who stands for a workload', () => {
  it('is said beside the form', async () => {
    showing(binding());

    expect(
      await screen.findByText(/stands for it by a label/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Change sampling or tags' }),
    ).toBeInTheDocument();
  });

  it('is said with whom one would act for', async () => {
    showing(
      binding({
        state: 'weaker',
        change: { allowed: true, onBehalfOf: ['group:default/payments'] },
      }),
    );

    expect(
      await screen.findByText(
        'You would act on behalf of group:default/payments.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Change sampling or tags' }),
    ).toBeInTheDocument();
  });

  it('is left open where it is contested, with the line that decides and no form', async () => {
    const command =
      'kubectl annotate deployment/checkout -n shop meshtracing.io/owners=group:default/storefront --overwrite';
    showing(
      binding({
        state: 'contested',
        change: { allowed: false, reason: 'Two claim it equally.' },
        command,
        findings: [
          {
            severity: 'error',
            code: 'binding-contested',
            what: 'Two entities claim it.',
            whatToDo: 'Let the cluster decide.',
          },
        ],
      }),
    );

    expect(await screen.findByText(command)).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Copy command' }),
    ).toBeInTheDocument();
    expect(screen.getByText('Two claim it equally.')).toBeInTheDocument();
    expect(screen.getByText(/Two entities claim it/)).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Change sampling or tags' }),
    ).not.toBeInTheDocument();
  });

  it('names the entities that hold it, and says that traces are theirs', async () => {
    showing(
      binding({
        state: 'weaker',
        others: [
          {
            entityRef: 'component:default/payment',
            owners: ['group:default/payments'],
            claim: 'consent',
          },
        ],
        tracesShown: false,
        change: { allowed: false, reason: 'Held by others.' },
      }),
    );

    expect(await screen.findByText('Held or claimed by')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: /payment/ })).toBeInTheDocument();
    expect(
      screen.getByText(/shown to those only who may read them/),
    ).toBeInTheDocument();
  });
});
