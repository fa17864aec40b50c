import { shellQuoted } from './shellQuoted';

/** Languages in which a request is written down. @public */
export const REQUEST_LANGUAGES = [
  'curl',
  'javascript',
  'python',
  'go',
] as const;

/** One of {@link REQUEST_LANGUAGES}. @public */
export type RequestLanguage = (typeof REQUEST_LANGUAGES)[number];

/** A GET request with headers. @public */
export interface WrittenRequest {
  /** As `parseRequestUrl` gives it. */
  url: string;
  headers: ReadonlyArray<readonly [name: string, value: string]>;
}

/** Of ASCII text, a literal that JavaScript, Python and Go read alike. */
function literal(text: string): string {
  return JSON.stringify(text);
}

const WRITERS: Record<RequestLanguage, (request: WrittenRequest) => string> = {
  // Without --globoff, curl takes brackets in an address for a list of addresses.
  curl: ({ url, headers }) =>
    [
      'curl --globoff --include',
      ...headers.map(
        ([name, value]) => `--header ${shellQuoted(`${name}: ${value}`)}`,
      ),
      shellQuoted(url),
    ].join(' \\\n  '),
  javascript: ({ url, headers }) =>
    [
      `const response = await fetch(${literal(url)}, {`,
      '  headers: {',
      ...headers.map(
        ([name, value]) => `    ${literal(name)}: ${literal(value)},`,
      ),
      '  },',
      '});',
      'console.log(response.status);',
    ].join('\n'),
  python: ({ url, headers }) =>
    [
      'from urllib.request import Request, urlopen',
      '',
      `request = Request(${literal(url)}, headers={`,
      ...headers.map(
        ([name, value]) => `    ${literal(name)}: ${literal(value)},`,
      ),
      '})',
      'print(urlopen(request).status)',
    ].join('\n'),
  go: ({ url, headers }) =>
    [
      'package main',
      '',
      'import (',
      '\t"fmt"',
      '\t"net/http"',
      ')',
      '',
      'func main() {',
      `\trequest, err := http.NewRequest("GET", ${literal(url)}, nil)`,
      '\tif err != nil {',
      '\t\tpanic(err)',
      '\t}',
      ...headers.map(
        ([name, value]) =>
          `\trequest.Header.Set(${literal(name)}, ${literal(value)})`,
      ),
      '\tresponse, err := http.DefaultClient.Do(request)',
      '\tif err != nil {',
      '\t\tpanic(err)',
      '\t}',
      '\tdefer response.Body.Close()',
      '\tfmt.Println(response.StatusCode)',
      '}',
    ].join('\n'),
};

/**
 * The request as a command for a POSIX shell, or as code that runs as it stands: in a
 * JavaScript module, Python 3 without packages, or Go.
 * @public
 */
export function writeRequest(
  language: RequestLanguage,
  request: WrittenRequest,
): string {
  return WRITERS[language](request);
}
