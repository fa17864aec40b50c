import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { parseRequestUrl } from './parseRequestUrl';
import { REQUEST_LANGUAGES, writeRequest } from './writeRequest';

const HEADERS = [
  ['traceparent', `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`],
] as const;

function urlOf(text: string, scheme?: 'http' | 'https'): string {
  const read = parseRequestUrl(text, scheme);
  if ('problem' in read) {
    throw new Error(read.problem);
  }
  return read.url;
}

const IN_CODE = REQUEST_LANGUAGES.filter(language => language !== 'curl');

/** The words that a shell makes of a command. */
function wordsOf(command: string): string[] {
  const print = command.replace(/^curl/, "printf '%s\\0'");
  return execFileSync('/bin/sh', ['-c', print], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
}

describe('the address of a request', () => {
  it.each([
    ['shop.example.com', 'https://shop.example.com/'],
    ['shop.example.com:8443/a?b=c', 'https://shop.example.com:8443/a?b=c'],
    ['HTTP://Shop.Example.com', 'http://shop.example.com/'],
    [
      ' https://shop.example.com/ä b#part ',
      'https://shop.example.com/%C3%A4%20b',
    ],
  ])('is read as people type it: %s', (text, url) => {
    expect(urlOf(text)).toBe(url);
  });

  it('inside a cluster is HTTP unless it says otherwise', () => {
    expect(urlOf('reviews.shop:9080', 'http')).toBe(
      'http://reviews.shop:9080/',
    );
  });

  it.each([
    ['', 'empty'],
    ['https://', 'not-a-url'],
    ['file:///etc/passwd', 'not-http'],
    ['gopher://shop.example.com', 'not-http'],
    ['https://me:secret@shop.example.com', 'has-credentials'],
    ['a'.repeat(2_001), 'too-long'],
  ])('is refused: %s', (text, problem) => {
    expect(parseRequestUrl(text)).toEqual({ problem });
  });
});

describe('a request written down', () => {
  const hostile = [
    "https://h/a'b",
    "https://h/'$(id)'",
    'https://h/?q=`id`;id|id&id',
    'https://h/?q=$HOME',
    'https://h/a\\b"c',
    'https://h/[1-9]{a,b}',
    'https://h/?q=%00%0a',
    "https://h'id/",
  ];

  it.each(hostile)('reaches curl as typed, whatever stands in it: %s', text => {
    const url = urlOf(text);
    const words = wordsOf(writeRequest('curl', { url, headers: HEADERS }));
    expect(words).toEqual([
      '--globoff',
      '--include',
      '--header',
      `traceparent: ${HEADERS[0][1]}`,
      url,
    ]);
  });

  it('reaches a shell as one word, for any address that is taken', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), tail => {
        const read = parseRequestUrl(`https://shop.example.com/${tail}`);
        if ('problem' in read) {
          return true;
        }
        expect(read.url).toMatch(/^[\x21-\x7e]+$/);
        const words = wordsOf(writeRequest('curl', { ...read, headers: [] }));
        return words.at(-1) === read.url && words.length === 3;
      }),
      { numRuns: 60 },
    );
  });

  it.each(hostile)(
    'stands in code as one literal, the same in each language: %s',
    text => {
      const url = urlOf(text);
      for (const language of IN_CODE) {
        const code = writeRequest(language, { url, headers: HEADERS });
        const literals = [...code.matchAll(/"(?:[^"\\]|\\.)*"/g)].map(
          ([literal]) => JSON.parse(literal) as string,
        );
        expect(literals).toContain(url);
        expect(literals).toContain(HEADERS[0][1]);
      }
    },
  );

  it('is short and runs as it stands', () => {
    const request = { url: 'https://shop.example.com/', headers: HEADERS };
    expect(writeRequest('javascript', request)).toMatchInlineSnapshot(`
      "const response = await fetch("https://shop.example.com/", {
        headers: {
          "traceparent": "00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb-01",
        },
      });
      console.log(response.status);"
    `);
    expect(writeRequest('python', request)).toMatchInlineSnapshot(`
      "from urllib.request import Request, urlopen

      request = Request("https://shop.example.com/", headers={
          "traceparent": "00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb-01",
      })
      print(urlopen(request).status)"
    `);
  });
});
