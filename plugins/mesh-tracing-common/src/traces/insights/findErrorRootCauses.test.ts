import { errorMessage, findErrorRootCauses } from './findErrorRootCauses';
import type { Attributes } from '../model/Trace';
import { shop } from '../../testing/traces/shop';
import { sketchTrace, spanIdOf } from '../../testing/traces/spans';

describe('findErrorRootCauses', () => {
  it('names the deepest error without a failed child', () => {
    expect(findErrorRootCauses(shop())).toEqual([
      {
        spanId: spanIdOf('a-ext'),
        service: 'a.ns',
        operation: 'a-ext',
        depth: 4,
        message: 'status 503',
        responseFlags: 'UF,URX',
        offsetUs: 50,
      },
      expect.objectContaining({ spanId: spanIdOf('a-in') }),
    ]);
  });

  it('does not blame a span whose child failed', () => {
    const trace = sketchTrace([
      { id: 'p', start: 0, duration: 9, status: 'error' },
      { id: 'c', parent: 'p', start: 1, duration: 1, status: 'error' },
    ]);
    expect(findErrorRootCauses(trace).map(cause => cause.operation)).toEqual([
      'c',
    ]);
  });

  it('does not explain a failure by a child that the span did not wait for', () => {
    const trace = sketchTrace([
      { id: 'p', start: 0, duration: 9, status: 'error' },
      {
        id: 'later',
        parent: 'p',
        followsFrom: true,
        start: 1,
        duration: 1,
        status: 'error',
      },
    ]);
    expect(
      findErrorRootCauses(trace)
        .map(cause => cause.operation)
        .sort(),
    ).toEqual(['later', 'p']);
  });
});

describe('errorMessage', () => {
  const failure = (
    attributes: Attributes,
    event?: Attributes,
    statusMessage?: string,
  ) =>
    errorMessage({
      attributes,
      events: event ? [{ offsetUs: 0, name: 'e', attributes: event }] : [],
      ...(statusMessage ? { statusMessage } : {}),
    });

  it.each<[string, string | undefined, string | undefined]>([
    [
      'the status message first',
      failure({ 'error.message': 'b' }, { 'exception.message': 'c' }, 'a'),
      'a',
    ],
    [
      'the exception of an event',
      failure({ 'error.message': 'b' }, { 'exception.message': 'c' }),
      'c',
    ],
    ['`error.message` of an event', failure({}, { 'error.message': 'd' }), 'd'],
    [
      '`error.message` of the span, before its status',
      failure({ 'error.message': 'b', 'http.status_code': 503 }),
      'b',
    ],
    ['one that was sent twice', failure({ 'error.message': ['', 'b'] }), 'b'],
    ['the text of `error`', failure({ error: ['true', 'refused'] }), 'refused'],
    [
      'the HTTP status',
      failure({ 'http.status_code': [503, 200] }),
      'status 503',
    ],
    ['the type of the error', failure({ 'error.type': 'timeout' }), 'timeout'],
    ['nothing', failure({ error: 'true' }), undefined],
  ])('reads %s', (_, message, expected) => {
    expect(message).toBe(expected);
  });
});
