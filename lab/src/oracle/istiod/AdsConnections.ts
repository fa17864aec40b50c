import { Client, credentials, type ClientDuplexStream } from '@grpc/grpc-js';
import { discoveryRequest, type NodeIdentity } from './discoveryRequest';

const METHOD =
  '/envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources';
const LISTENERS = 'type.googleapis.com/envoy.config.listener.v3.Listener';
const FIRST_ANSWER_MS = 30_000;

/**
 * Proxies that are connected to istiod without being there: each is one stream
 * that asks for listeners, so that istiod computes the proxy's state.
 */
export class AdsConnections {
  readonly #client: Client;
  readonly #streams = new Set<ClientDuplexStream<Buffer, Buffer>>();

  /** @param address - `host:port` of istiod's plaintext xDS port */
  static create(address: string): AdsConnections {
    return new AdsConnections(
      new Client(address, credentials.createInsecure(), {
        // Listeners of a whole mesh can be longer than the default 4 MiB.
        'grpc.max_receive_message_length': -1,
      }),
    );
  }

  private constructor(client: Client) {
    this.#client = client;
  }

  /** Connects one proxy; resolves when istiod has answered it. */
  connect(node: NodeIdentity): Promise<void> {
    return new Promise((resolve, reject) => {
      const stream = this.#client.makeBidiStreamRequest<Buffer, Buffer>(
        METHOD,
        message => message,
        message => message,
      );
      this.#streams.add(stream);
      const deadline = setTimeout(() => {
        stream.cancel();
        reject(
          new Error(
            `istiod did not answer ${node.id} in ${FIRST_ANSWER_MS} ms`,
          ),
        );
      }, FIRST_ANSWER_MS);
      stream.on('data', () => {
        clearTimeout(deadline);
        resolve();
      });
      stream.on('error', error => {
        clearTimeout(deadline);
        this.#streams.delete(stream);
        reject(error);
      });
      stream.write(discoveryRequest(node, LISTENERS));
    });
  }

  /** Ends every stream: istiod forgets the proxies. */
  disconnectAll(): void {
    for (const stream of this.#streams) stream.cancel();
    this.#streams.clear();
  }

  close(): void {
    this.disconnectAll();
    this.#client.close();
  }
}
