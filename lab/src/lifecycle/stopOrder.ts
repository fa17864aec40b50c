const DEFAULT_GRACE_MS = 5000;

const GRACE_MS: Record<string, number> = {
  // Does not finish while a client watches; nothing here outlives it.
  'kube-apiserver': 3000,
};

/** How long a component may take after SIGTERM before it is killed. */
export function stopGraceMs(name: string): number {
  return GRACE_MS[name] ?? DEFAULT_GRACE_MS;
}

function stage(name: string): number {
  // Their writers end before them.
  if (name.startsWith('opensearch-')) {
    return 2;
  }
  if (name.startsWith('jaeger')) {
    return 1;
  }
  switch (name) {
    case 'etcd':
      return 3;
    case 'kube-apiserver':
      return 2;
    case 'istiod':
      return 1;
    default:
      return 0;
  }
}

/**
 * Groups of components to stop one group after the other: first what sends
 * traffic, then those that watch the API server or write into a storage, then the
 * API server, which doesn't end while they watch, and the storage, then the API
 * server's store.
 */
export function stopOrder(names: Iterable<string>): string[][] {
  const groups: string[][] = [[], [], [], []];
  for (const name of names) {
    groups[stage(name)]?.push(name);
  }
  return groups.filter(group => group.length > 0);
}
