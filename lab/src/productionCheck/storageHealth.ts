import { waitUntil } from '../lifecycle/componentProcess';
import { httpGet } from '../process/httpGet';

const GREEN_LIMIT_MS = 90_000;

interface Health {
  status: string;
  number_of_nodes: number;
}

async function healthOf(node: string): Promise<Health> {
  const query = 'timeout=1s&cluster_manager_timeout=1s';
  const { body } = await httpGet(`${node}/_cluster/health?${query}`, 3_000);
  return JSON.parse(body) as Health;
}

/** Waits until every node is there and every shard has its copy. */
export async function waitForGreen(nodes: string[]): Promise<void> {
  const [node = ''] = nodes;
  await waitUntil(
    'the storage to be green',
    async () => {
      const { status, number_of_nodes: count } = await healthOf(node);
      return status === 'green' && count === nodes.length;
    },
    undefined,
    GREEN_LIMIT_MS,
  );
}

/** Name of the component that is the elected manager. */
export async function electedManager(nodes: string[]): Promise<string> {
  const [node = ''] = nodes;
  const path = '/_cat/cluster_manager?format=json';
  const [row] = JSON.parse((await httpGet(`${node}${path}`)).body) as Array<{
    node: string;
  }>;
  return row?.node ?? '';
}
