import { get, type Agent } from 'node:http';

/** What one request met. */
export interface RequestOutcome {
  /** The HTTP status, or `error` when there was no answer. */
  status: string;
  /** The trace context that the app saw; undefined when there was none. */
  traceparent?: string;
}

const TIMEOUT_MS = 5000;

/**
 * Refuses to send anywhere but to this machine.
 *
 * @throws Error for an address outside 127.0.0.0/8
 */
export function assertLoopback(url: string): void {
  if (!/^127\.\d+\.\d+\.\d+$/.test(new URL(url).hostname)) {
    throw new Error(`The lab sends requests to 127.x.y.z only, not to ${url}`);
  }
}

/** Sends one GET. Never rejects. */
export function sendRequest(
  url: string,
  agent: Agent,
  headers: Record<string, string>,
): Promise<RequestOutcome> {
  return new Promise(resolve => {
    const request = get(
      url,
      { agent, headers, timeout: TIMEOUT_MS },
      response => {
        response.resume();
        const seen = response.headers['x-seen-traceparent'];
        response.on('error', () => resolve({ status: 'error' }));
        response.on('end', () =>
          resolve({
            status: String(response.statusCode),
            ...(typeof seen === 'string' &&
              seen !== '-' && { traceparent: seen }),
          }),
        );
      },
    );
    request.on('timeout', () => request.destroy(new Error('timeout')));
    request.on('error', () => resolve({ status: 'error' }));
  });
}
