import { get } from 'node:http';

/** Status and body of an answer. */
export interface HttpAnswer {
  status: number;
  contentType: string;
  body: string;
}

/** A plain GET without proxies or redirects; rejects after `timeoutMs`. */
export function httpGet(url: string, timeoutMs = 5000): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, timeout: timeoutMs }, response => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          body: Buffer.concat(parts).toString('utf8'),
        }),
      );
    });
    request.on('error', reject);
    request.on('timeout', () =>
      request.destroy(new Error(`${url} did not answer in ${timeoutMs} ms`)),
    );
  });
}
