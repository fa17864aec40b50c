import {
  isRefusal,
  readStatus,
  statusCodeOf,
  STATUS_ATTRIBUTES,
} from './statusCode';

const codeOf = (attributes: Record<string, string>) =>
  statusCodeOf(
    readStatus(index => attributes[STATUS_ATTRIBUTES[index] as string]),
  );

describe('the status code of a span', () => {
  it.each([
    [{ 'http.status_code': '402' }, { protocol: 'http', code: 402 }],
    [
      { 'http.status_code': '404', 'http.response.status_code': '503' },
      { protocol: 'http', code: 503 },
    ],
    [
      { 'http.status_code': '200', 'grpc.status_code': '14' },
      { protocol: 'grpc', code: 14 },
    ],
    [
      { 'http.status_code': '503', 'grpc.status_code': '0' },
      { protocol: 'http', code: 503 },
    ],
    [{ 'http.status_code': '0' }, { protocol: 'none', code: 0 }],
    [{ 'http.status_code': 'OK' }, { protocol: 'none', code: 0 }],
    [{}, { protocol: 'none', code: 0 }],
  ])('is read from %j', (attributes, expected) => {
    expect(codeOf(attributes as Record<string, string>)).toEqual(expected);
  });

  it.each([
    ['http', 402, true],
    ['http', 404, true],
    ['http', 408, false],
    ['http', 429, false],
    ['http', 500, false],
    ['http', 200, false],
    ['grpc', 5, true],
    ['grpc', 14, false],
    ['none', 0, false],
  ] as const)('of %s %d is a refusal: %s', (protocol, code, expected) => {
    expect(isRefusal({ protocol, code })).toBe(expected);
  });
});
