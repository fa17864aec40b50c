import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { metrics } from '@opentelemetry/api';
import { publishMetrics } from './publishMetrics';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('publishMetrics', () => {
  let started: ReturnType<typeof publishMetrics>;
  afterEach(async () => {
    metrics.disable();
    await started?.shutdown();
  });

  async function published(exporter?: string): Promise<string | undefined> {
    const port = await freePort();
    started = publishMetrics({
      ...(exporter && { OTEL_METRICS_EXPORTER: exporter }),
      OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
      OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
    });
    metrics.getMeter('test').createCounter('pages').add(3);
    // It listens a moment later.
    for (let attempt = 0; attempt < 20; attempt += 1) {
      try {
        const response = await fetch(`http://127.0.0.1:${port}/metrics`);
        return await response.text();
      } catch {
        await delay(50);
      }
    }
    return undefined;
  }

  it('listens where it is told to', async () => {
    await expect(published('prometheus')).resolves.toMatch(
      /^pages_total.* 3$/m,
    );
  });

  it('listens nowhere unless it is told to', async () => {
    await expect(published()).resolves.toBeUndefined();
  });
});
