import { Agent } from 'node:http';
import { assertLoopback, sendRequest } from './sendRequest';

/** A bounded burst of requests to one address of the lab. @public */
export interface SendRequestsOptions {
  url: string;
  count: number;
  /** Connections used at a time; 8 unless told. */
  concurrency?: number;
  headers?: Record<string, string>;
  /** Further headers, made anew for each request. */
  headersOf?: () => Record<string, string>;
  signal?: AbortSignal;
}

/** What became of the requests. @public */
export interface SendRequestsResult {
  /** Answers by HTTP status; `error` for those without an answer. */
  statuses: Record<string, number>;
  /** Requests whose trace context, as the app saw it, says `sampled`. */
  sampled: number;
  /** Requests that reached the app without any trace context. */
  withoutTraceContext: number;
  /** Ids of the sampled traces, as Jaeger knows them. */
  traceIds: string[];
  seconds: number;
}

/**
 * Sends requests and counts the sampled ones by what the app behind the proxy
 * saw, independently of any trace store. Each call opens its own connections,
 * so it meets the proxies' present configuration.
 *
 * @throws Error for an address that isn't on the loopback interface
 * @public
 */
export async function sendRequests(
  options: SendRequestsOptions,
): Promise<SendRequestsResult> {
  const { url, count, concurrency = 8, headers = {}, signal } = options;
  const { headersOf = () => ({}) } = options;
  assertLoopback(url);
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const statuses: Record<string, number> = {};
  const traceIds: string[] = [];
  let withoutTraceContext = 0;
  let left = count;
  const startMs = Date.now();
  const worker = async () => {
    while (left > 0 && !signal?.aborted) {
      left -= 1;
      const { status, traceparent } = await sendRequest(url, agent, {
        ...headers,
        ...headersOf(),
      });
      statuses[status] = (statuses[status] ?? 0) + 1;
      const [, traceId, , flags] = traceparent?.split('-') ?? [];
      if (traceId && flags === '01') {
        traceIds.push(traceId);
      } else if (!traceId && status !== 'error') {
        withoutTraceContext += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  agent.destroy();
  return {
    statuses,
    sampled: traceIds.length,
    withoutTraceContext,
    traceIds,
    seconds: (Date.now() - startMs) / 1000,
  };
}
