import { screen } from '@testing-library/react';
import { renderTab } from '../testing';
import { addressProblems } from './addressProblems';

const TITLE = 'The address asks for something that does not exist';

describe('an address of the tab', () => {
  it.each([
    ['range=3h', [{ parameter: 'range', value: '3h' }]],
    ['from=9&to=5', [{ parameter: 'window', from: '9', to: '5' }]],
    ['from=yesterday', [{ parameter: 'window', from: 'yesterday', to: '' }]],
    ['view=costs', [{ parameter: 'view', value: 'costs' }]],
    ['range=toString', [{ parameter: 'range', value: 'toString' }]],
    ['', []],
    ['range=6h&view=latency', []],
    ['from=5&to=9', []],
  ])(
    'is read for what it asks for and does not exist: %s',
    (search, problems) => {
      expect(addressProblems(new URLSearchParams(search))).toEqual(problems);
    },
  );

  it('with an unknown time range is reported, with what is shown instead', async () => {
    renderTab({ search: '?auto=off&view=dependencies&range=3h' });

    expect(await screen.findByText(TITLE)).toBeInTheDocument();
    expect(
      screen.getByText('Time range “3h”: the last hour is shown.'),
    ).toBeInTheDocument();
  });

  it('with an unknown order, kind and limit is reported above the traces', async () => {
    renderTab({
      search: '?auto=off&view=traces&sort=age:up&kind=proxy&limit=7',
    });

    expect(await screen.findByText(TITLE)).toBeInTheDocument();
    expect(
      screen.getByText(
        'Sorted by “age:up”: the usual order is shown. Span kind “proxy”: all kinds are shown. Limit “7”: 100 is used.',
      ),
    ).toBeInTheDocument();
  });
});
