import { hideSent } from './hideSent';

describe('what a system sends back', () => {
  it.each([
    ['authorization', 'Bearer abc.def-123', 'sent: Bearer abc.def-123'],
    ['authorization', 'Basic cG9ydGFsOnM=', 'token cG9ydGFsOnM= refused'],
    ['x-api-key', 'key-0815', '{"x-api-key":"key-0815"}'],
  ])('does not contain the sent header %s: %s', (name, value, text) => {
    const hidden = hideSent(text, { [name]: value });
    expect(hidden).toContain('(hidden)');
    expect(hidden).not.toContain(value.split(' ').at(-1));
  });

  it('stays as it is where it repeats no secret', () => {
    expect(hideSent('a is not b', { a: 'a', b: undefined, c: '' })).toBe(
      'a is not b',
    );
  });
});
