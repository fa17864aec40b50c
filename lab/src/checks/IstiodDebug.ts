import { Agent, get } from 'node:http';
import { z } from 'zod';
import {
  readListeners,
  type FoundListener,
} from '../oracle/istiod/readListeners';

const global = z.object({
  telemetries: z.object({
    namespace_to_telemetries: z.record(
      z.string(),
      z.array(z.object({ name: z.string() })),
    ),
    root_namespace: z.string(),
  }),
});
const ofProxy = z.object({ Tracing: z.array(z.unknown()).nullable() });

/** istiod's debug interface, as far as it speaks about tracing. */
export class IstiodDebug {
  readonly #url: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 8 });

  /** @param url - such as `http://127.93.7.1:8080` */
  static create(url: string): IstiodDebug {
    return new IstiodDebug(url);
  }

  private constructor(url: string) {
    this.#url = url;
  }

  /** Whether what istiod computes with includes a Telemetry. */
  async hasTelemetry(namespace: string, name: string): Promise<boolean> {
    const { telemetries } = global.parse(await this.#json('telemetryz'));
    const found = telemetries.namespace_to_telemetries[namespace] ?? [];
    return found.some(telemetry => telemetry.name === name);
  }

  /** The root namespace that istiod computes with. */
  async rootNamespace(): Promise<string> {
    const { telemetries } = global.parse(await this.#json('telemetryz'));
    return telemetries.root_namespace;
  }

  /** Entries of `spec.tracing` that istiod applies to a proxy, in order. */
  async tracingEntries(proxyId: string): Promise<unknown[]> {
    const answer = ofProxy.parse(
      await this.#json(`telemetryz?proxyID=${proxyId}`),
    );
    return answer.Tracing ?? [];
  }

  /** The listeners that istiod has for a proxy. */
  async listeners(proxyId: string): Promise<FoundListener[]> {
    const query = `config_dump?proxyID=${proxyId}&types=LDS`;
    return readListeners(await this.#text(query));
  }

  /** What istiod tells ztunnel, as it prints it. */
  ambientz(): Promise<unknown> {
    return this.#json('ambientz');
  }

  close(): void {
    this.#agent.destroy();
  }

  async #json(path: string): Promise<unknown> {
    return JSON.parse(await this.#text(path));
  }

  #text(path: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const url = `${this.#url}/debug/${path}`;
      const request = get(url, { agent: this.#agent }, response => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const body = Buffer.concat(parts).toString('utf8');
          if (response.statusCode === 200) resolve(body);
          else reject(new Error(`istiod: ${url}: ${body.trim()}`));
        });
      });
      request.on('error', reject);
    });
  }
}
