import { customTagValue } from './customTagValue';

const request = {
  header: (name: string) => ({ 'x-tenant': 'acme', ':method': 'POST' }[name]),
  statusCode: 503,
  responseFlags: 'UF,URX',
};
const environment = { DEPLOY_TIER: 'demo' };

describe('customTagValue', () => {
  it.each([
    ['a literal', { literal: { value: 'shop' } }, 'shop'],
    ['a header, whatever its case', { header: { name: 'X-Tenant' } }, 'acme'],
    [
      'the default of a header that is missing',
      { header: { name: 'x-region', defaultValue: 'nowhere' } },
      'nowhere',
    ],
    ['a variable', { environment: { name: 'DEPLOY_TIER' } }, 'demo'],
    [
      'the default of a variable that is missing',
      { environment: { name: 'OTHER', defaultValue: 'none' } },
      'none',
    ],
    [
      'a formatter',
      {
        formatter: { value: '%REQ(:method)% %RESPONSE_CODE% %RESPONSE_FLAGS%' },
      },
      'POST 503 UF,URX',
    ],
  ])('reads %s', (_, tag, expected) => {
    expect(customTagValue(tag, request, environment)).toBe(expected);
  });

  it.each([
    ['header', { header: { name: 'x-region' } }],
    ['variable', { environment: { name: 'OTHER' } }],
    ['kind', {}],
  ])('leaves the tag out without a %s', (_, tag) => {
    expect(customTagValue(tag, request, environment)).toBeUndefined();
  });
});
