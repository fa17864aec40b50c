import { screen, within } from '@testing-library/react';
import {
  fakeApi,
  overrideView,
  renderTab,
  tracingResponse,
  workloadTracing,
} from '../../testing';

describe('an override that another tool manages meanwhile', () => {
  it('does not count down, and says who must remove it', async () => {
    const override = overrideView({ managedBy: 'argocd' });
    renderTab({
      search: '?view=sampling&auto=off',
      api: fakeApi({
        getTracing: async () =>
          tracingResponse({ workloads: [workloadTracing({ override })] }),
      }),
    });

    const card = await screen.findByRole('region', {
      name: 'Override in force',
    });
    expect(card).toHaveTextContent('does not end by itself');
    expect(card).not.toHaveTextContent('ends in');
    expect(card).not.toHaveTextContent('Until');
    expect(within(card).queryByRole('button')).toBeNull();
    expect(card).toHaveTextContent(
      'Managed by Argo CD now. The portal neither changes nor removes it, also not at its end; remove it where Argo CD gets it from.',
    );
  });
});
