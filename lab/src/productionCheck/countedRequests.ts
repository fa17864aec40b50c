import { z } from 'zod';
import type { LabEndpoints } from '../lifecycle/labStatus';
import { httpGet } from '../process/httpGet';

/** Counters of the access logger, one line for each combination of labels. */
const COUNTER = /^envoy_istio_requests_total\{[^}]*\} (\d+)/gm;

/**
 * Requests that the sidecars counted, each on both of its sides: with everything
 * sampled, as many as the spans they report. Taken from the Envoys themselves.
 */
export async function countedRequests({
  envoyAdmin,
}: LabEndpoints): Promise<number> {
  const texts = await Promise.all(
    Object.values(envoyAdmin).map(url => httpGet(`${url}/stats/prometheus`)),
  );
  return texts
    .flatMap(({ body }) => [...body.matchAll(COUNTER)])
    .reduce((sum, [, count]) => sum + Number(count), 0);
}

const answerSchema = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: z.tuple([z.number(), z.string()]),
      }),
    ),
  }),
});

/** One series of an instant query. */
export interface Sample {
  labels: Record<string, string>;
  value: number;
}

/** Asks the lab's Prometheus. */
export async function askPrometheus(
  prometheus: string,
  expression: string,
): Promise<Sample[]> {
  const query = new URLSearchParams({ query: expression });
  const { body } = await httpGet(`${prometheus}/api/v1/query?${query}`);
  return answerSchema
    .parse(JSON.parse(body))
    .data.result.map(({ metric, value }) => ({
      labels: metric,
      value: Number(value[1]),
    }));
}
