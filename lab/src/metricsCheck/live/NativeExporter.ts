import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimitedFamilies } from './nativeHistogram';

const CONTENT_TYPE =
  'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited';

/** What the exporter's only workload does. */
export const NATIVE_WORKLOAD = {
  name: 'native-v1',
  namespace: 'shop',
  perSecond: 40,
  /** Of twenty requests one takes so long, the others the shorter time. */
  slowMs: 800,
  quickMs: 20,
} as const;

const LABELS = {
  reporter: 'destination',
  destination_workload: NATIVE_WORKLOAD.name,
  destination_workload_namespace: NATIVE_WORKLOAD.namespace,
  response_code: '200',
  grpc_response_status: '',
};

/**
 * Exports Istio's metrics of a workload with durations as native histograms. Its
 * counters go with the time.
 */
export class NativeExporter {
  readonly target: string;
  readonly #server: Server;

  static async start(): Promise<NativeExporter> {
    const startMs = Date.now();
    const server = createServer((_, response) => {
      const seconds = (Date.now() - startMs) / 1_000;
      const twenties = Math.floor((NATIVE_WORKLOAD.perSecond * seconds) / 20);
      response.writeHead(200, { 'content-type': CONTENT_TYPE }).end(
        delimitedFamilies({
          counter: {
            name: 'istio_requests_total',
            series: [{ labels: LABELS, value: twenties * 20 }],
          },
          histogram: {
            name: 'istio_request_duration_milliseconds',
            series: [
              {
                labels: LABELS,
                observations: new Map([
                  [NATIVE_WORKLOAD.quickMs, twenties * 19],
                  [NATIVE_WORKLOAD.slowMs, twenties],
                ]),
              },
            ],
          },
        }),
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new NativeExporter(server);
  }

  private constructor(server: Server) {
    this.#server = server;
    this.target = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(closed => this.#server.close(closed));
  }
}
