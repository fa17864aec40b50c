import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parseTraceReference } from 'backstage-plugin-mesh-tracing-common';
import { fakeApi, renderTab, responseError } from '../testing';
import { forcingResponse } from '../testing/forcingFixtures';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';
/** Before it is opened there is a pause for the rest of its spans. */
const PATIENT = { timeout: 20_000 };

async function openField(api = fakeApi()) {
  renderTab({ api, search: '?auto=off&view=traces' });
  return {
    api,
    field: await screen.findByRole('textbox', { name: 'Open a trace by id' }),
  };
}

/** As people do: paste, and press Enter. */
async function send(field: HTMLElement, text: string) {
  await userEvent.click(field);
  await userEvent.paste(text);
  await userEvent.keyboard('{Enter}');
}

async function openRecipe(api = fakeApi()) {
  renderTab({ api, search: '?auto=off&view=traces' });
  await userEvent.click(
    await screen.findByRole('button', { name: 'Trace one request' }),
  );
  const dialog = await screen.findByRole('dialog', {
    name: 'Trace one request',
  });
  await within(dialog).findByRole('button', { name: 'I sent it' });
  return { api, dialog };
}

/** The trace id that the dialog made. */
function idIn(dialog: HTMLElement): string {
  const text = within(dialog).getByText(/^Trace id: /).textContent ?? '';
  const read = parseTraceReference(text.replace('Trace id: ', ''));
  return 'traceId' in read ? read.traceId : '';
}

describe('the field that opens a trace by its id', () => {
  it('takes a whole traceparent header, and opens the trace', async () => {
    const { api, field } = await openField();

    await send(field, `traceparent: 00-${ID}-00f067aa0ba902b7-01`);

    expect(
      await screen.findByRole('region', { name: 'Trace' }, PATIENT),
    ).toBeInTheDocument();
    expect(api.getTrace.mock.calls[0]?.[1]).toBe(ID);
  });

  it.each([
    ['no id', 'A trace id has hexadecimal digits only: 0 to 9 and a to f'],
    [
      ID.slice(1, 21),
      'A trace id has 16 or 32 digits, and this has 20: was all of it copied?',
    ],
    ['0'.repeat(32), 'An id of zeros is no trace'],
  ])('says why it does not take %s', async (text, reason) => {
    const { api, field } = await openField();

    await send(field, text);

    expect(await screen.findByText(reason)).toBeInTheDocument();
    expect(api.getTrace).not.toHaveBeenCalled();
  });

  it('waits for a trace that is not there yet, until its user has had enough', async () => {
    const { api, field } = await openField(
      fakeApi({
        getTrace: async () => {
          throw await responseError(404, 'No such trace');
        },
      }),
    );

    await send(field, ID);

    expect(
      await screen.findByText(`Looking for trace ${ID}: 0 of 60 s`),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Stop looking' }));
    expect(screen.queryByText(/Looking for trace/)).not.toBeInTheDocument();
    expect(api.getTrace).toHaveBeenCalled();
  });

  it('says what is the matter where the trace may not be read', async () => {
    const { field } = await openField(
      fakeApi({
        getTrace: async () => {
          throw await responseError(403, 'You may not');
        },
      }),
    );

    await send(field, ID);

    expect(await screen.findByText('You may not')).toBeInTheDocument();
  });
});

describe('the recipe by which one request is traced', () => {
  it('is for the gateway in front, under an id that was made in the browser', async () => {
    const { dialog } = await openRecipe();

    const id = idIn(dialog);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(dialog).toHaveTextContent(`x-client-trace-id: ${id}`);
    expect(dialog).toHaveTextContent(
      new RegExp(`traceparent: 00-${id}-[0-9a-f]{16}-01`),
    );
    expect(dialog).toHaveTextContent(
      'Choose an address by which this gateway leads to the service',
    );
  });

  it('follows the address that its user types, and refuses what is none', async () => {
    const { dialog } = await openRecipe();
    const address = within(dialog).getByRole('textbox', { name: 'Address' });

    await userEvent.clear(address);
    await userEvent.paste("pay.example.com/it's");
    expect(dialog).toHaveTextContent("'https://pay.example.com/it'\\''s'");

    await userEvent.clear(address);
    await userEvent.paste('ftp://pay.example.com');
    expect(dialog).toHaveTextContent(
      'Only http and https addresses can be traced',
    );
    expect(
      within(dialog).queryByRole('button', { name: 'Copy the request' }),
    ).not.toBeInTheDocument();
  });

  it('has another id when it is asked for one', async () => {
    const { dialog } = await openRecipe();
    const before = idIn(dialog);

    await userEvent.click(
      within(dialog).getByRole('button', { name: 'New id' }),
    );

    expect(idIn(dialog)).not.toBe(before);
  });

  it('once it was sent, is waited for, and the trace is opened', async () => {
    const { api, dialog } = await openRecipe();
    const id = idIn(dialog);

    await userEvent.click(
      within(dialog).getByRole('button', { name: 'I sent it' }),
    );

    expect(
      await screen.findByRole('region', { name: 'Trace' }, PATIENT),
    ).toBeInTheDocument();
    expect(api.getTrace.mock.calls[0]?.[1]).toBe(id);
  });

  it('says why there is none where nothing works', async () => {
    const { hops } = forcingResponse();
    renderTab({
      search: '?auto=off&view=traces',
      api: fakeApi({
        getForcing: async () =>
          forcingResponse({
            hops: hops.map(hop => ({
              ...hop,
              headers: null,
              refusal: 'no-provider' as const,
              notes: [],
            })),
          }),
      }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Trace one request' }),
    );

    expect(
      await screen.findByText('No tracing provider is in force here.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'I sent it' }),
    ).not.toBeInTheDocument();
  });
});
