import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { httpGet } from '../process/httpGet';

const alertsSchema = z.object({
  data: z.object({
    alerts: z.array(
      z.object({
        labels: z.record(z.string(), z.string()),
        annotations: z.record(z.string(), z.string()),
        state: z.enum(['pending', 'firing', 'inactive']),
      }),
    ),
  }),
});

/** An alert that a Prometheus tells of. */
export type ActiveAlert = z.infer<
  typeof alertsSchema
>['data']['alerts'][number];

const POLL_MS = 1_000;

/** What a Prometheus with rules tells of them. */
export class LivePrometheus {
  readonly #url: string;

  static at(url: string): LivePrometheus {
    return new LivePrometheus(url);
  }

  private constructor(url: string) {
    this.#url = url;
  }

  /** @throws Error with what it says when it refuses the files */
  async reload(): Promise<void> {
    const answer = await new Promise<string>((resolve, reject) => {
      const outgoing = request(
        `${this.#url}/-/reload`,
        { method: 'POST' },
        response => {
          let body = '';
          response.setEncoding('utf8');
          response.on('data', part => {
            body += part;
          });
          response.on('error', reject);
          response.on('end', () =>
            resolve(response.statusCode === 200 ? '' : body || 'refused'),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end();
    });
    if (answer) throw new Error(`Prometheus: ${answer}`);
  }

  /** Alerts that fire, by their name. */
  async firing(alert: string): Promise<ActiveAlert[]> {
    const { body } = await httpGet(`${this.#url}/api/v1/alerts`);
    return alertsSchema
      .parse(JSON.parse(body))
      .data.alerts.filter(
        ({ labels, state }) => labels.alertname === alert && state === 'firing',
      );
  }

  /**
   * Waits until an alert fires, or until it does no more.
   *
   * @returns how long that took, milliseconds
   * @throws Error when it does not come to that in time
   */
  async until(
    alert: string,
    fires: boolean,
    { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
  ): Promise<number> {
    const startMs = Date.now();
    while ((await this.firing(alert)).length > 0 !== fires) {
      if (Date.now() - startMs > timeoutMs) {
        throw new Error(
          `${alert} ${fires ? 'does not fire' : 'goes on firing'} after ${
            timeoutMs / 1_000
          } s`,
        );
      }
      await delay(POLL_MS, undefined, { signal });
    }
    return Date.now() - startMs;
  }
}
