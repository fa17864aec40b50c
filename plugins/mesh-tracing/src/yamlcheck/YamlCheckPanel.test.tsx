import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { YAML_CHECK_LIMITS } from 'backstage-plugin-mesh-tracing-common';
import type { MeshTracingApi } from '../shared/api/MeshTracingApi';
import { fakeApi, renderTab, responseError } from '../testing';
import {
  checkedDocument,
  yamlCheckResponse,
  yamlOutcome,
} from '../testing/yamlCheckFixtures';

const TEXT = 'kind: Telemetry';

async function renderPanel(checkYaml?: MeshTracingApi['checkYaml']) {
  const api = fakeApi(checkYaml ? { checkYaml } : {});
  renderTab({ api, search: '?view=sampling&auto=off' });
  const text = await screen.findByRole('textbox', {
    name: 'Configuration to check',
  });
  return { api, text };
}

const button = (name: string) => screen.getByRole('button', { name });

async function check(text: HTMLElement) {
  fireEvent.change(text, { target: { value: TEXT } });
  await userEvent.click(button('Check'));
}

describe('the panel that checks YAML', () => {
  it('asks about what was pasted, and for nothing before', async () => {
    const { api, text } = await renderPanel();
    expect(button('Check')).toBeDisabled();
    expect(api.checkYaml).not.toHaveBeenCalled();

    await check(text);

    expect(api.checkYaml.mock.lastCall?.slice(0, 2)).toEqual([
      { kind: 'Component', namespace: 'default', name: 'checkout' },
      TEXT,
    ]);
  });

  it('shows verdict, place, and the percentage before and after, and takes the focus there', async () => {
    const { text } = await renderPanel();
    await check(text);

    expect(
      await screen.findByRole('heading', { name: 'Answer: 1 document' }),
    ).toHaveFocus();
    const documents = screen.getByRole('list', { name: 'Documents' });
    const [item] = within(documents).getAllByRole('listitem');
    expect(item).toHaveTextContent('Works');
    expect(item).toHaveTextContent('Telemetry shop/all');
    expect(item).toHaveTextContent('lines 1–9');
    expect(item).toHaveTextContent(
      'It applies to 1 workload of this entity, for their namespace.',
    );
    const effect = within(documents).getByRole('table');
    expect(
      within(effect).getByRole('row', {
        name: 'shop/checkout Sampling 1 % 50 %',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('region', { name: 'All documents together' }),
    ).toHaveTextContent('50 %');
  });

  it.each([
    ['no-effect', 'No effect on tracing here'],
    ['ignored', 'Would be ignored'],
    ['cannot-work', "Can't work"],
    ['refused', 'Would be refused'],
  ] as const)('says the verdict %s in words', async (verdict, words) => {
    const document = checkedDocument({
      verdict,
      outcomes: [],
      placement: { reaches: 0, instead: 'istio-system/mesh-default' },
      findings: [
        {
          severity: 'warning',
          code: 'ignored-older-wins',
          what: 'An older one wins.',
          whatToDo: 'Merge the two.',
          line: 7,
        },
      ],
    });
    const { text } = await renderPanel(async () =>
      yamlCheckResponse({
        clusters: [
          {
            cluster: 'demo',
            documents: [document],
            outcomes: [yamlOutcome(1, 1)],
            workloadsLeftOut: 0,
          },
        ],
      }),
    );
    await check(text);

    const documents = await screen.findByRole('list', { name: 'Documents' });
    expect(documents).toHaveTextContent(words);
    expect(documents).toHaveTextContent(
      'Warning: Line 7: An older one wins. ignored-older-wins',
    );
    expect(documents).toHaveTextContent('Merge the two.');
    expect(documents).toHaveTextContent(
      'Istio looks at istio-system/mesh-default instead.',
    );
    expect(
      screen.getByText('Effective tracing of this entity stays as it is.'),
    ).toBeInTheDocument();
  });

  it('shows one cluster at a time, chosen from those that answered', async () => {
    const of = (cluster: string, after: number) => ({
      cluster,
      documents: [checkedDocument()],
      outcomes: [yamlOutcome(1, after)],
      workloadsLeftOut: 0,
    });
    const { text } = await renderPanel(async () =>
      yamlCheckResponse({ clusters: [of('east', 10), of('west', 20)] }),
    );
    await check(text);
    const together = { name: 'All documents together' };
    expect(await screen.findByRole('region', together)).toHaveTextContent(
      '10 %',
    );

    await userEvent.click(screen.getByRole('button', { name: /Cluster/ }));
    await userEvent.click(await screen.findByRole('option', { name: 'west' }));

    expect(screen.getByRole('region', together)).toHaveTextContent('20 %');
  });

  it('says what was not looked at, and that the text was changed since', async () => {
    const { text } = await renderPanel(async () =>
      yamlCheckResponse({
        documentsLeftOut: 3,
        clusters: [
          {
            documents: [checkedDocument()],
            outcomes: [],
            workloadsLeftOut: 2,
          },
        ],
      }),
    );
    await check(text);
    expect(
      await screen.findByText('3 documents more were not looked at.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('2 workloads more were not looked at.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/has no workloads in a cluster/),
    ).toBeInTheDocument();

    fireEvent.change(text, { target: { value: `${TEXT}\n` } });
    expect(
      screen.getByText('The text was changed since; check it again.'),
    ).toBeInTheDocument();
  });

  it('says that there is no YAML in a text', async () => {
    const { text } = await renderPanel(async () =>
      yamlCheckResponse({
        clusters: [{ documents: [], outcomes: [], workloadsLeftOut: 0 }],
      }),
    );
    await check(text);
    expect(
      await screen.findByText('No YAML was found in the text'),
    ).toBeInTheDocument();
  });

  it('tells of a failure and asks again', async () => {
    let calls = 0;
    const { text } = await renderPanel(async () => {
      calls += 1;
      if (calls === 1) throw await responseError(500, 'It broke');
      return yamlCheckResponse();
    });
    await check(text);
    expect(await screen.findByText('It broke')).toBeInTheDocument();

    await userEvent.click(button('Try again'));

    expect(
      await screen.findByRole('list', { name: 'Documents' }),
    ).toBeInTheDocument();
    expect(screen.queryByText('It broke')).not.toBeInTheDocument();
  });

  it('takes a file that is chosen, and one that is dropped', async () => {
    const { text } = await renderPanel();
    await userEvent.upload(
      screen.getByLabelText('Choose a file', { selector: 'input' }),
      new File(['kind: Sidecar'], 'a.yaml', { type: 'text/yaml' }),
    );
    await screen.findByDisplayValue('kind: Sidecar');

    fireEvent.drop(
      screen.getByRole('group', {
        name: 'Text to check; a file can be dropped here',
      }),
      { dataTransfer: { files: [new File(['kind: Service'], 'b.yaml')] } },
    );

    await screen.findByDisplayValue('kind: Service');
    expect(text).toHaveValue('kind: Service');
  });

  it.each([
    ['larger than 1 MiB', 'x'.repeat(1024 * 1024 + 1)],
    ['is no text', 'a\0b'],
  ])('refuses a file that is %s', async (why, content) => {
    const { text } = await renderPanel();
    await userEvent.upload(
      screen.getByLabelText('Choose a file', { selector: 'input' }),
      new File([content], 'a.yaml', { type: 'text/yaml' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(why);
    expect(text).toHaveValue('');
  });

  it('refuses a text beyond the limit before it asks', async () => {
    const { text } = await renderPanel();
    fireEvent.change(text, {
      target: { value: 'x'.repeat(YAML_CHECK_LIMITS.textLength + 1) },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      '1,048,577 characters; 1,048,576 are taken',
    );
    expect(button('Check')).toBeDisabled();
  });

  it('forgets text and answer when it is cleared', async () => {
    const { text } = await renderPanel();
    await check(text);
    await screen.findByRole('list', { name: 'Documents' });

    await userEvent.click(button('Clear'));

    expect(text).toHaveValue('');
    expect(
      screen.queryByRole('list', { name: 'Documents' }),
    ).not.toBeInTheDocument();
  });
});
