import fc from 'fast-check';
import { formatTags, parseTags } from './tagFilterText';

describe('the text of tag filters', () => {
  it.each<[string, string[]]>([
    ['a=1 b=2', ['a=1', 'b=2']],
    ['a="x y"', ['a=x y']],
    ['"a=x y" b=2', ['a=x y', 'b=2']],
    ['q=a"b', ['q=a"b']],
    ['body={"id":7}', ['body={"id":7}']],
    ['"body={\\"id\\": 7}"', ['body={"id": 7}']],
    ['"db=SELECT \\"id\\""', ['db=SELECT "id"']],
    ['path=C:\\x', ['path=C:\\x']],
    ['a="open end', ['a=open end']],
    ['  ', []],
  ])('%j holds %j', (text, tags) => {
    expect(parseTags(text)).toEqual(tags);
  });

  it('is read as the tags that it was written from, whatever they hold', () => {
    const tag = fc.oneof(
      fc.string(),
      fc.string({
        unit: fc.constantFrom('"', '\\', ' ', '=', 'a', '\n', '\u00a0'),
      }),
    );
    fc.assert(
      fc.property(fc.array(tag, { maxLength: 5 }), tags => {
        expect(parseTags(formatTags(tags))).toEqual(tags);
      }),
    );
  });
});
