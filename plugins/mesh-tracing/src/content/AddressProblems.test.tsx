import { screen } from '@testing-library/react';
import { renderTab } from '../__testUtils__';

describe('an address that asks for something that does not exist', () => {
  it.each([
    ['range=3h', 'Time range “3h”: the last hour is shown.'],
    [
      'from=9&to=5',
      'From “9” to “5”: this is no time range, another one is shown.',
    ],
    ['view=costs', 'View “costs”: the overview is shown.'],
    [
      'view=traces&sort=age:up',
      'Sorted by “age:up”: the usual order is shown.',
    ],
    ['view=traces&kind=proxy', 'Span kind “proxy”: all kinds are shown.'],
    ['view=traces&limit=7', 'Limit “7”: 100 is used.'],
  ])('is told of %s', async (search, sentence) => {
    renderTab({ search: `?auto=off&${search}` });

    expect(
      await screen.findByText(
        'The address asks for something that does not exist',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText(sentence)).toBeInTheDocument();
  });

  it.each([
    'range=6h',
    'from=5&to=9',
    'view=traces&sort=duration:ascending&kind=client&limit=20',
  ])('is not told of %s', async search => {
    renderTab({ search: `?auto=off&${search}` });

    await screen.findByText('Found by backstage.io/kubernetes-id: 2 pods.');
    expect(
      screen.queryByText('The address asks for something that does not exist'),
    ).not.toBeInTheDocument();
  });
});
