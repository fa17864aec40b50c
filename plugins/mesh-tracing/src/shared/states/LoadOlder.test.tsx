import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { LoadOlder } from './LoadOlder';

function Rows() {
  const [rows, setRows] = useState({ count: 3, loading: false });
  return (
    <>
      <LoadOlder
        label="Load older"
        {...rows}
        onLoad={() => setRows({ count: 3, loading: true })}
      />
      <button onClick={() => setRows({ count: 1, loading: false })}>
        refresh
      </button>
    </>
  );
}

describe('the way to older rows', () => {
  it('never announces fewer than none, though a refresh left fewer', async () => {
    await renderInTestApp(<Rows />);
    await userEvent.click(screen.getByRole('button', { name: 'Load older' }));
    await userEvent.click(screen.getByRole('button', { name: 'refresh' }));

    expect(screen.getByRole('status')).toHaveTextContent('0 older ones shown');
  });
});
