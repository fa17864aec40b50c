import { sketchTrace, spanIdOf } from '../testing/traces/spans';
import { collectErrors, groupErrors } from './reportedErrors';

const subject = { services: ['shop', 'shop.ns'], workloads: [] };
const failing = {
  start: 0,
  duration: 9,
  status: 'error' as const,
  statusMessage: 'refused',
};

/** The shop, behind its proxy, fails because a call to stock does. */
const trace = sketchTrace([
  { ...failing, id: '1', service: 'shop.ns', kind: 'server' },
  { ...failing, id: '2', service: 'shop', kind: 'server', parent: '1' },
  { ...failing, id: '3', service: 'shop', kind: 'client', parent: '2' },
  { ...failing, id: '4', service: 'shop.ns', kind: 'client', parent: '3' },
  { ...failing, id: '5', service: 'stock', kind: 'server', parent: '4' },
]);

describe('the errors of a report', () => {
  it('are the failed spans of every service, those of the entity marked', () => {
    expect(
      collectErrors([trace], subject).map(error => [
        error.service,
        error.isSubject,
      ]),
    ).toEqual([
      ['shop.ns', true],
      ['shop', true],
      ['shop', true],
      ['shop.ns', true],
      ['stock', false],
    ]);
  });

  it('began where no span below failed', () => {
    const origins = collectErrors([trace], subject).filter(
      ({ isOrigin }) => isOrigin,
    );
    expect(origins.map(({ service }) => service)).toEqual(['stock']);
  });

  it('count a call once that client and server, or proxy and application, report', () => {
    const errors = collectErrors([trace], subject);
    expect(errors.map(({ sameCallAs }) => sameCallAs)).toEqual([
      spanIdOf('2'),
      undefined,
      spanIdOf('4'),
      spanIdOf('5'),
      undefined,
    ]);
    expect(
      groupErrors(errors).map(({ count, example }) => [count, example.service]),
    ).toEqual([
      [1, 'shop'],
      [1, 'stock'],
    ]);
  });

  it('count a call to another service for itself, also without a client span', () => {
    const direct = sketchTrace([
      { ...failing, id: '1', service: 'shop', kind: 'server' },
      { ...failing, id: '2', service: 'stock', kind: 'server', parent: '1' },
    ]);
    expect(groupErrors(collectErrors([direct], subject))).toHaveLength(2);
  });

  it('say what the caller says of a call that failed without a message', () => {
    const cut = sketchTrace([
      { ...failing, id: '1', service: 'shop', kind: 'client' },
      {
        ...failing,
        id: '2',
        parent: '1',
        service: 'stock',
        kind: 'server',
        statusMessage: '',
        attributes: { 'http.status_code': 503 },
      },
    ]);
    expect(groupErrors(collectErrors([cut], subject))).toMatchObject([
      { count: 1, example: { service: 'stock', message: 'refused' } },
    ]);
  });

  it('take the attribute error.message for their message', () => {
    const [error] = collectErrors(
      [
        sketchTrace([
          {
            id: '1',
            start: 0,
            duration: 1,
            status: 'error',
            attributes: {
              'error.message': 'no stock',
              'http.status_code': 503,
            },
          },
        ]),
      ],
      subject,
    );
    expect(error).toMatchObject({ message: 'no stock', status: '503' });
  });
});
