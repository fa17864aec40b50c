import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeApi, renderTab, responseError, sampledLatency } from '../testing';

describe('the report of an entity', () => {
  const saved: Array<{ name: string; type: string }> = [];

  beforeEach(() => {
    saved.length = 0;
    let blob: Blob | undefined;
    URL.createObjectURL = jest.fn(object => {
      blob = object as Blob;
      return 'blob:report';
    });
    URL.revokeObjectURL = jest.fn();
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function click(this: HTMLAnchorElement) {
        saved.push({ name: this.download, type: blob?.type ?? '' });
      });
  });

  afterEach(() => jest.restoreAllMocks());

  it.each([
    ['Markdown', 'markdown', 'md', 'text/markdown'],
    ['JSON', 'json', 'json', 'application/json'],
  ])('is saved as %s', async (item, format, ending, type) => {
    const { api } = renderTab({ search: '?auto=off' });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Download report' }),
    );
    await userEvent.click(await screen.findByRole('menuitem', { name: item }));

    expect(api.getReport.mock.lastCall?.[1]).toMatchObject({ format });
    expect(saved).toEqual([
      {
        name: expect.stringMatching(
          new RegExp(`^tracing-checkout-\\d{8}-\\d{4}\\.${ending}$`),
        ),
        type,
      },
    ]);
  });

  it('says why it could not be made', async () => {
    const api = fakeApi();
    api.getReport.mockRejectedValueOnce(
      await responseError(503, 'Jaeger is away'),
    );
    renderTab({ api, search: '?auto=off' });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Download report' }),
    );
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Markdown' }),
    );

    expect(
      await screen.findByText('The report could not be made'),
    ).toBeInTheDocument();
    expect(saved).toEqual([]);
  });

  it.each([
    ['quick', 'normal'],
    ['normal', 'normal'],
    ['fine', 'fine'],
  ] as const)(
    'rests on no less than a page that shows a %s sample',
    async (level, asked) => {
      const api = fakeApi({
        getLatency: async () => sampledLatency({ level, canRefine: false }),
      });
      renderTab({ api, search: '?auto=off' });
      await screen.findByText(/Estimated from/);

      await userEvent.click(
        screen.getByRole('button', { name: 'Download report' }),
      );
      await userEvent.click(
        await screen.findByRole('menuitem', { name: 'JSON' }),
      );

      expect(api.getReport.mock.lastCall?.[1]).toMatchObject({ sample: asked });
    },
  );
});
