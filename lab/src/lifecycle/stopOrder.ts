const DEFAULT_GRACE_MS = 5000;

const GRACE_MS: Record<string, number> = {
  // Once anybody has asked it over HTTP it takes 10 s; its memory goes anyway.
  jaeger: 300,
  // Does not finish while a client watches; nothing here outlives it.
  'kube-apiserver': 3000,
};

/** How long a component may take after SIGTERM before it is killed. */
export function stopGraceMs(name: string): number {
  return GRACE_MS[name] ?? DEFAULT_GRACE_MS;
}

function stage(name: string): number {
  switch (name) {
    case 'etcd':
      return 3;
    case 'kube-apiserver':
      return 2;
    case 'istiod':
    case 'jaeger':
      return 1;
    default:
      return 0;
  }
}

/**
 * Groups of components to stop one group after the other: first what sends
 * traffic, then those that watch the API server, then the API server, which
 * doesn't end while they watch, then its store.
 */
export function stopOrder(names: Iterable<string>): string[][] {
  const groups: string[][] = [[], [], [], []];
  for (const name of names) {
    groups[stage(name)]?.push(name);
  }
  return groups.filter(group => group.length > 0);
}
