import { randomUUID } from 'node:crypto';
import type { Persona } from '../../testing/portal/personas';
import { FRONTEND, overrideRequest } from '../../testing/portal/requests';
import {
  startMeshTracing,
  type MeshTracingHarness,
  type Question,
  type RouteName,
} from '../../testing/portal/startMeshTracing';

const PAYMENTS = { ...FRONTEND, name: 'payments' };

interface Page {
  entries: Array<{ entityRef?: string; reason?: string }>;
  nextCursor?: string;
}

/** Previews and applies; each reason stands for one change. */
async function change(
  harness: MeshTracingHarness,
  who: Persona,
  name: string,
  reason: string,
): Promise<void> {
  const entity = `component/default/${name}`;
  const workload = name === 'frontend' ? FRONTEND : PAYMENTS;
  const override = overrideRequest({ workload, reason });
  const preview = await harness.ask(who, 'preview', { entity, body: override });
  const { token } = preview.body;
  const { status } = await harness.ask(who, 'apply', {
    entity,
    body: { override, token, requestId: randomUUID() },
  });
  expect(status).toBe(200);
}

/** Three changes of three entities on two workloads of one namespace. */
async function startWithHistory(): Promise<MeshTracingHarness> {
  const harness = await startMeshTracing();
  await change(harness, 'owner', 'hidden', 'of hidden');
  await change(harness, 'stranger', 'payments', 'of payments');
  await change(harness, 'owner', 'frontend', 'of frontend');
  return harness;
}

describe('the history', () => {
  let harness: MeshTracingHarness;
  beforeAll(async () => {
    harness = await startWithHistory();
  });
  afterAll(() => harness.stop());

  const page = async (who: Persona, route: RouteName, question?: Question) =>
    (await harness.ask(who, route, question)).body as Page;
  const reasons = ({ entries }: Page) => entries.map(({ reason }) => reason);

  it('of an entity holds nothing of others', async () => {
    expect(reasons(await page('owner', 'history'))).toEqual(['of frontend']);
  });

  it('of its namespace holds what the caller may see, and does not tell of the rest', async () => {
    const query = { scope: 'namespace' };
    expect(reasons(await page('owner', 'history', { query }))).toEqual([
      'of frontend',
      'of payments',
      'of hidden',
    ]);
    const seen = await page('stranger', 'history', { query });
    expect(reasons(seen)).toEqual(['of frontend', 'of payments']);
    expect(JSON.stringify(seen)).not.toContain('hidden');
  });

  it('of a team holds what happened to what the caller owns, whoever did it', async () => {
    expect(reasons(await page('owner', 'ownedHistory'))).toEqual([
      'of frontend',
      'of payments',
      'of hidden',
    ]);
    expect(
      reasons(
        await page('member of a child of the owning group', 'ownedHistory'),
      ),
    ).toEqual(['of frontend']);
    const seen = await page('stranger', 'ownedHistory');
    // It concerns the same workload, so it is shown, but without its hidden entity.
    expect(reasons(seen)).toEqual(['of payments', 'of hidden']);
    expect(seen.entries.map(({ entityRef }) => entityRef)).toEqual([
      'component:default/payments',
      undefined,
    ]);
  });

  it('comes page by page, without gap or repetition', async () => {
    const seen: Array<string | undefined> = [];
    let cursor: string | undefined;
    do {
      const part = await page('owner', 'history', {
        query: { scope: 'namespace', limit: 1, ...(cursor && { cursor }) },
      });
      expect(part.entries.length).toBeLessThanOrEqual(1);
      seen.push(...reasons(part));
      cursor = part.nextCursor;
    } while (cursor);
    expect(seen).toEqual(['of frontend', 'of payments', 'of hidden']);
  });

  it.each([
    ['history', { cursor: 'no cursor' }],
    ['history', { scope: 'mesh' }],
    ['history', { limit: 0 }],
    ['ownedHistory', { limit: 201 }],
    ['ownedHistory', { cursor: 'c2VxOi0x' }],
    ['ownedHistory', { scope: 'namespace' }],
  ] as const)('refuses %s with %j', async (route, query) => {
    const { status } = await harness.ask('owner', route, { query });
    expect(status).toBe(400);
  });
});

describe('the history of what a policy hides', () => {
  it('is empty for a team, and refused for an entity', async () => {
    const denied = await startMeshTracing({ policy: () => false });
    const owned = await denied.ask('owner', 'ownedHistory');
    const entity = await denied.ask('owner', 'history', {
      query: { scope: 'namespace' },
    });
    await denied.stop();
    expect(owned.body).toEqual({ entries: [] });
    expect(entity.status).toBe(403);
  });
});
