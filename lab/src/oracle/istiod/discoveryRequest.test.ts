import { discoveryRequest } from './discoveryRequest';

const request = (metadata: Record<string, unknown>) =>
  discoveryRequest({ id: 'i', cluster: 'c', metadata }, 't').toString('hex');

describe('discoveryRequest', () => {
  it('is the bytes of the protocol buffer', () => {
    expect(request({})).toBe(
      // node { id: "i" cluster: "c" metadata {} } type_url: "t"
      '12' + '08' + '0a0169' + '120163' + '1a00' + '220174',
    );
  });

  it.each([
    ['text', 'x', '1a0178'],
    ['true', true, '2001'],
    ['false', false, '2000'],
    ['null', null, '0800'],
    ['a number', 1, '11000000000000f03f'],
    ['a list', ['x'], '3205' + '0a03' + '1a0178'],
    ['an object', { b: true }, '2a09' + '0a07' + '0a0162' + '12022001'],
  ])('writes %s as a google.protobuf.Value', (_, value, bytes) => {
    const size = bytes.length / 2;
    const entry = `0a0161${`12${size.toString(16).padStart(2, '0')}`}${bytes}`;

    expect(request({ a: value })).toContain(entry);
  });

  it('leaves out what is undefined', () => {
    expect(request({ a: undefined })).toBe(request({}));
  });

  it('writes lengths above 127 in two bytes', () => {
    expect(request({ a: 'x'.repeat(200) })).toContain(
      `1ac801${'78'.repeat(200)}`,
    );
  });
});
