import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { JAR_FOLDER } from '../build/programs';
import { PORTS, type LabLayout } from '../layout/LabLayout';
import { httpGet } from '../process/httpGet';
import type { ComponentSpec } from './ComponentSpec';

/** Memory of one JVM; the process is about as large after an hour of load. */
const HEAP = '384m';

/** The storage answers as long as most of its nodes are there. */
const QUORUM = 2;

/** HTTP address of each node. */
export function storageUrls(layout: LabLayout): string[] {
  return layout.storageAddresses.map(
    address => `http://${address}:${PORTS.openSearch}`,
  );
}

const nodeName = (nth: number) => `opensearch-${nth}` as const;

/** Settings of one node of three, each of which holds data and may be elected. */
export function storageSettings(layout: LabLayout, nth: number): object {
  const { storageAddresses } = layout;
  return {
    'cluster.name': 'lab',
    'node.name': nodeName(nth),
    'network.host': storageAddresses[nth - 1],
    'http.port': PORTS.openSearch,
    'transport.port': PORTS.openSearchTransport,
    'discovery.seed_hosts': storageAddresses.map(
      address => `${address}:${PORTS.openSearchTransport}`,
    ),
    'cluster.initial_cluster_manager_nodes': storageAddresses.map((_, index) =>
      nodeName(index + 1),
    ),
    // Answers at once that it has no cluster yet, so that it counts as started.
    'discovery.initial_state_timeout': '0s',
    // Whatever else fills the disk, the lab's indices stay open for writing.
    'cluster.routing.allocation.disk.threshold_enabled': false,
    'cluster.routing.allocation.node_concurrent_recoveries': 8,
    // Rather no answer than one without the shards that are gone: Jaeger hands it
    // on as if it were whole.
    'search.default_allow_partial_results': false,
    // More mappings than Linux grants by default.
    'node.store.allow_mmap': false,
    'action.destructive_requires_name': true,
  };
}

/** True when most nodes have found each other. */
export async function hasStorage(layout: LabLayout): Promise<boolean> {
  const query = 'timeout=1s&cluster_manager_timeout=1s';
  const answers = await Promise.all(
    storageUrls(layout).map(url =>
      httpGet(`${url}/_cluster/health?${query}`, 3000).catch(() => undefined),
    ),
  );
  return answers.some(
    answer =>
      answer?.status === 200 &&
      (JSON.parse(answer.body) as { number_of_nodes: number })
        .number_of_nodes >= QUORUM,
  );
}

/** One node of the storage, a JVM of its own; counted from 1. */
export function openSearch(
  layout: LabLayout,
  program: { folder: string; mainClass: string },
  stateFolder: string,
  nth: number,
): ComponentSpec {
  const home = join(stateFolder, nodeName(nth));
  for (const folder of ['config', 'tmp']) {
    mkdirSync(join(home, folder), { recursive: true });
  }
  writeFileSync(
    join(home, 'config', 'opensearch.yml'),
    stringify(storageSettings(layout, nth)),
  );
  const address = storageUrls(layout)[nth - 1] ?? '';
  return {
    name: nodeName(nth),
    command: 'java',
    args: [
      `-Xms${HEAP}`,
      `-Xmx${HEAP}`,
      // The cheapest collector and the quickest compiler: starts and small heaps.
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-Djava.awt.headless=true',
      `-Djava.io.tmpdir=${join(home, 'tmp')}`,
      '-Dlog4j2.disable.jmx=true',
      '-Dio.netty.allocator.numDirectArenas=0',
      '-Dopensearch.networkaddress.cache.ttl=60',
      '-cp',
      join(program.folder, JAR_FOLDER, '*'),
      program.mainClass,
      home,
    ],
    env: {},
    address,
    ready: async () => (await httpGet(address)).status === 200,
  };
}
