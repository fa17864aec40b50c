import { hideSent } from './hideSent';

describe('what a system sends back', () => {
  it.each([
    ['authorization', 'Bearer abc.def-123', 'sent: Bearer abc.def-123'],
    ['authorization', 'Basic cG9ydGFsOnM=', 'token cG9ydGFsOnM= refused'],
    ['x-api-key', 'key-0815', '{"x-api-key":"key-0815"}'],
  ])('has no %s %s in it', (name, value, text) => {
    const hidden = hideSent(text, { [name]: value });
    expect(hidden).toContain('(hidden)');
    expect(hidden).not.toContain(value.split(' ').at(-1));
  });

  it('stays what it is otherwise', () => {
    expect(hideSent('a is not b', { a: 'a', b: undefined, c: '' })).toBe(
      'a is not b',
    );
  });
});
