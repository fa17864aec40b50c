import { ApiServerClient } from '../api/ApiServerClient';
import { ClusterConnection } from '../api/ClusterConnection';
import {
  FakeApiServer,
  sendJson,
  sendStatus,
} from '../../testing/clusters/FakeApiServer';
import { waitFor } from '../../testing/clusters/waitFor';
import { Backoff } from './Backoff';
import { ResourceWatch, type WatchTimes } from './ResourceWatch';
import type { WatchedResource } from './WatchedResource';

const PATH = '/api/v1/things';
const CLOSED_AT_MS = Date.parse('2026-12-24T18:00:00Z');
const QUICK: WatchTimes = {
  backoffBaseMs: 10,
  backoffMaxMs: 40,
  refusedMs: 20,
  idleMs: 5_000,
  lifeMs: 60_000,
  shortMs: 0,
};

interface Thing {
  name: string;
  colour: string;
}

const things: WatchedResource<Thing> = {
  name: 'things',
  apiGroup: '',
  paths: [PATH],
  select: object => {
    const { metadata, colour } = object as {
      metadata: { name: string };
      colour: string;
    };
    return colour === 'invisible' ? undefined : { name: metadata.name, colour };
  },
};

function thing(name: string, colour = 'red', extra: object = {}) {
  return { metadata: { name, namespace: 'n' }, colour, ...extra };
}

describe('ResourceWatch', () => {
  let server: FakeApiServer;
  let client: ApiServerClient;
  const watches: Array<ResourceWatch<unknown>> = [];
  let changes = 0;

  beforeEach(async () => {
    changes = 0;
    server = await FakeApiServer.start();
    client = clientOf(server, 2_000);
  });

  afterEach(async () => {
    await Promise.all(watches.splice(0).map(watch => watch.stop()));
    client.close();
    await server.close();
  });

  function clientOf({ url }: { url: string }, timeoutMs: number) {
    return ApiServerClient.create({
      connection: ClusterConnection.create({
        type: 'serviceAccount',
        url,
        token: 'the-token',
      }),
      timeoutMs,
    });
  }

  function start(
    times: Partial<WatchTimes> = {},
    resource: WatchedResource<Thing> = things,
    from: ApiServerClient = client,
  ): ResourceWatch<Thing> {
    const watch = ResourceWatch.create({
      resource,
      client: from,
      times: { ...QUICK, ...times },
      listener: {
        changed: () => {
          changes += 1;
        },
        statusChanged: () => {},
      },
    });
    watches.push(watch);
    watch.start();
    return watch;
  }

  const names = (watch: ResourceWatch<Thing>) =>
    [...watch.items()].map(({ name }) => name).sort();
  const open = () => server.watchCount(PATH) === 1;

  it('lists, then follows additions, changes and deletions', async () => {
    server.serve(PATH, [thing('a'), thing('b')]);
    const watch = start();
    await waitFor(open, 'the watch');
    expect(names(watch)).toEqual(['a', 'b']);
    expect(watch.status()).toMatchObject({ state: 'synced' });

    server.put(PATH, thing('c'));
    server.put(PATH, thing('a', 'blue'));
    server.remove(PATH, thing('b'));
    await waitFor(() => names(watch).join() === 'a,c', 'a and c');
    expect([...watch.items()]).toContainEqual({ name: 'a', colour: 'blue' });
  });

  it('sends the token, asks for bookmarks and starts at the version of the list', async () => {
    server.serve(PATH, [thing('a')]);
    start();
    await waitFor(open, 'the watch');
    const [request] = server.watches(PATH);
    expect(request?.headers.authorization).toBe('Bearer the-token');
    expect(request?.query.get('allowWatchBookmarks')).toBe('true');
    expect(request?.query.get('resourceVersion')).toBe('101');
  });

  it('reads long lists in pages', async () => {
    const many = Array.from({ length: 250 }, (_, index) => thing(`t${index}`));
    server.serve(PATH, many);
    const watch = start();
    await waitFor(open, 'the watch');
    expect(names(watch)).toHaveLength(250);
    expect(server.lists(PATH)).toHaveLength(3);
  });

  it('reads a list in one piece when its continue token has expired', async () => {
    server.serve(
      PATH,
      Array.from({ length: 150 }, (_, index) => thing(`t${index}`)),
    );
    server.answer(/continue=/, (_, response) =>
      sendStatus(response, 410, 'Expired', 'the continue token is too old'),
    );
    const watch = start();
    await waitFor(open, 'the watch');
    expect(names(watch)).toHaveLength(150);
  });

  it('goes on from the last bookmark after the server ended the watch', async () => {
    server.serve(PATH, [thing('a')]);
    start();
    await waitFor(open, 'the watch');
    const version = server.bookmark(PATH);
    server.endWatches(PATH, 'end');
    await waitFor(() => server.watches(PATH).length === 2, 'a second watch');
    expect(server.watches(PATH)[1]?.query.get('resourceVersion')).toBe(version);
    expect(server.lists(PATH)).toHaveLength(1);
  });

  it('stays synced over a connection that is cut and opened again', async () => {
    server.serve(PATH, [thing('a')]);
    const watch = start();
    await waitFor(open, 'the watch');
    server.endWatches(PATH, 'cut');
    await waitFor(() => server.watches(PATH).length === 2, 'a second watch');
    expect(watch.status().state).toBe('synced');
    expect(server.lists(PATH)).toHaveLength(1);
  });

  it('lists again when the watch is refused as its version is too old (HTTP 410)', async () => {
    server.serve(PATH, [thing('a')]);
    const watch = start();
    await waitFor(open, 'the watch');
    const restore = server.answer(/watch=1/, (_, response) => {
      restore();
      server.serve(PATH, [thing('z')]);
      sendStatus(response, 410, 'Expired', 'too old resource version');
    });
    server.endWatches(PATH, 'cut');
    await waitFor(() => names(watch).join() === 'z', 'the new list');
    await waitFor(open, 'the watch');
    expect(watch.status().state).toBe('synced');
  });

  it('lists again when an event says that its version is too old', async () => {
    server.serve(PATH, [thing('a')]);
    const watch = start();
    await waitFor(open, 'the watch');
    server.serve(PATH, [thing('z')]);
    server.emit(PATH, {
      type: 'ERROR',
      object: { kind: 'Status', code: 410, message: 'too old' },
    });
    await waitFor(() => names(watch).join() === 'z', 'the new list');
    expect(server.lists(PATH)).toHaveLength(2);
  });

  it('keeps the content and says since when it is stale while the server is away', async () => {
    server.serve(PATH, [thing('a')]);
    const watch = start();
    await waitFor(open, 'the watch');
    const { port } = server;
    const now = jest.spyOn(Date, 'now').mockReturnValue(CLOSED_AT_MS);
    await server.close();
    await waitFor(() => watch.status().state === 'stale', 'staleness');
    now.mockRestore();
    expect(names(watch)).toEqual(['a']);
    expect(watch.status().error?.kind).toBe('unreachable');
    expect(watch.status().asOfMs).toBe(CLOSED_AT_MS);

    server = await FakeApiServer.start();
    await server.close();
    await server.listen(port);
    server.serve(PATH, [thing('a'), thing('b')]);
    server.answer(/watch=1&.*resourceVersion=101/, (_, response) =>
      sendStatus(response, 410, 'Expired', 'too old resource version'),
    );
    await waitFor(() => watch.status().state === 'synced', 'recovery');
    expect(names(watch)).toEqual(['a', 'b']);
  });

  it('gives up a connection that is silent for too long', async () => {
    server.serve(PATH, [thing('a')]);
    const watch = start({ idleMs: 60 });
    await waitFor(() => server.watches(PATH).length >= 2, 'a second watch');
    expect(server.lists(PATH)).toHaveLength(1);
    expect(watch.status().state).toBe('synced');
  });

  it('says that the API server does not allow it to read, and tries again', async () => {
    const allow = server.answer(/things/, (_, response) =>
      sendStatus(response, 403, 'Forbidden', 'things is forbidden'),
    );
    server.serve(PATH, [thing('a')]);
    const watch = start();
    await waitFor(() => watch.status().state === 'refused', 'the refusal');
    expect(watch.status().error?.statusCode).toBe(403);
    allow();
    await waitFor(() => watch.status().state === 'synced', 'permission');
    expect(names(watch)).toEqual(['a']);
  });

  it('falls back to an older version of the API', async () => {
    const old = '/apis/g/v1alpha1/things';
    server.serve(old, [thing('a')]);
    const watch = start({}, { ...things, paths: ['/apis/g/v1/things', old] });
    await waitFor(() => watch.status().state === 'synced', 'the watch');
    expect(watch.path).toBe(old);
    expect(names(watch)).toEqual(['a']);
  });

  it('forgets the objects when their kind is gone', async () => {
    server.serve(PATH, [thing('a')]);
    const watch = start();
    await waitFor(open, 'the watch');
    server.answer(/things/, (_, response) =>
      sendStatus(response, 404, 'NotFound', 'the server could not find it'),
    );
    server.endWatches(PATH, 'cut');
    await waitFor(() => watch.status().state === 'refused', 'the absence');
    expect(names(watch)).toEqual([]);
  });

  it('does not take a login page for an answer', async () => {
    server.answer(/things/, (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end('<html>Sign in</html>');
    });
    const watch = start();
    await waitFor(() => watch.status().error !== undefined, 'the error');
    expect(watch.status()).toMatchObject({
      state: 'syncing',
      error: { kind: 'unexpected' },
    });
  });

  it('does not follow a redirect', async () => {
    server.serve(PATH, []);
    server.serve('/elsewhere', [thing('a')]);
    server.answer(/things/, (_, response) => {
      response.writeHead(302, { Location: '/elsewhere' });
      response.end();
    });
    const watch = start();
    await waitFor(() => watch.status().error !== undefined, 'the error');
    expect(watch.status().error?.kind).toBe('unexpected');
    expect(server.seen('GET', '/elsewhere')).toEqual([]);
  });

  it('gives up a server that does not answer in time', async () => {
    server.answer(/things/, () => {});
    const impatient = clientOf(server, 50);
    const watch = start({}, things, impatient);
    await waitFor(() => watch.status().error?.kind === 'timeout', 'the limit');
    expect(watch.status().state).toBe('syncing');
    impatient.close();
  });

  it('lists again after a line that is not an event', async () => {
    server.serve(PATH, [thing('a')]);
    const watch = start();
    await waitFor(open, 'the watch');
    server.serve(PATH, [thing('z')]);
    server.emit(PATH, 'nonsense');
    await waitFor(() => names(watch).join() === 'z', 'the new list');
    await waitFor(() => watch.status().state === 'synced', 'recovery');
    expect(server.lists(PATH)).toHaveLength(2);
  });

  it('waits as long as the server asks for', async () => {
    const restore = server.answer(/things/, (_, response) => {
      restore();
      server.serve(PATH, [thing('a')]);
      sendStatus(response, 429, 'TooManyRequests', 'slow down', undefined, {
        'Retry-After': '3600',
      });
    });
    const wait = jest.spyOn(Backoff.prototype, 'wait');
    const watch = start();
    await waitFor(() => wait.mock.calls.length > 0, 'the first try');
    expect(wait.mock.calls[0]?.[0]).toBe(3_600_000);
    wait.mockRestore();
    expect(watch.status().state).toBe('syncing');
    watch.wake();
    await waitFor(() => watch.status().state === 'synced', 'the second try');
  });

  it('tells of changes only when something that is kept changed', async () => {
    server.serve(PATH, [thing('a')]);
    const watch = start();
    await waitFor(open, 'the watch');
    const before = changes;
    server.put(PATH, thing('a', 'red', { status: 'busy' }));
    server.put(PATH, thing('b'));
    await waitFor(() => names(watch).length === 2, 'b');
    expect(changes).toBe(before + 1);
  });

  it('drops an object of which nothing is kept any more', async () => {
    server.serve(PATH, [thing('a')]);
    const watch = start();
    await waitFor(open, 'the watch');
    server.put(PATH, thing('a', 'invisible'));
    await waitFor(() => names(watch).length === 0, 'an empty content');
    expect(server.lists(PATH)).toHaveLength(1);
  });

  it('asks for metadata only, where that suffices, and for one object', async () => {
    server.answer(/GET/, (request, response) =>
      request.query.has('watch')
        ? server.openWatch(PATH, response)
        : sendJson(response, 200, {
            metadata: { resourceVersion: '1' },
            items: [],
          }),
    );
    start({}, { ...things, metadataOnly: true, objectName: 'a' });
    await waitFor(open, 'the watch');
    for (const { headers, query } of server.requests) {
      expect(headers.accept).toContain('as=PartialObjectMetadata');
      expect(query.get('fieldSelector')).toBe('metadata.name=a');
    }
  });

  it('closes its connection when stopped', async () => {
    server.serve(PATH, []);
    const watch = start();
    await waitFor(open, 'the watch');
    await watch.stop();
    await waitFor(() => server.watchCount(PATH) === 0, 'the end of the watch');
    expect(server.watches(PATH)).toHaveLength(1);
  });
});
