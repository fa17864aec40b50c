import { warningTexts } from './postTelemetry';

describe('warningTexts', () => {
  it('has none without a header', () => {
    expect(warningTexts(undefined)).toEqual([]);
  });

  it('takes every text out of a joined header', () => {
    expect(warningTexts('299 - "one, with a comma", 299 - "two"')).toEqual([
      'one, with a comma',
      'two',
    ]);
  });

  it('removes the escapes of a quoted string', () => {
    expect(warningTexts('299 - "unknown field \\"spec.a\\""')).toEqual([
      'unknown field "spec.a"',
    ]);
  });
});
