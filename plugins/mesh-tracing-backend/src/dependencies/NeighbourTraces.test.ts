import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import type { DependencyNode } from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../shared/EntityContext';
import { userCredentials } from '../testing/services/userCredentials';
import { heldBinding } from '../testing/mesh/heldBinding';
import { NeighbourTraces } from './NeighbourTraces';
import type { TraceAnalyses } from '../traces';

const LEDGER = 'component:default/ledger';
const WINDOW = { startTimeMs: 0, endTimeMs: 1 };
const calls = (callCount: number) => ({
  callCount,
  errorCount: 0,
  protocol: 'http',
  p50Us: 1,
  p95Us: 2,
});

function entity(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name },
  };
}

function declared(name: string, direction: 'inbound' | 'outbound' = 'inbound') {
  return {
    entity: entity(name),
    entityRef: `component:default/${name}`,
    name,
    direction,
  };
}

const context: EntityContext = {
  entity: entity('ledger'),
  entityRef: LEDGER,
  credentials: userCredentials('user:default/guest'),
  userRef: 'user:default/mock',
  ownershipRefs: [],
  match: { workloads: [], explanation: '' },
  binding: heldBinding([]),
  snapshots: [],
};

/** Each caller calls the ledger and something else. */
function neighbourTraces(options: { denied?: string; failing?: string } = {}) {
  const nodes: DependencyNode[] = ['ledger.shop', 'other.shop'].map(name => ({
    id: name,
    kind: 'service',
    name,
  }));
  const asked: string[] = [];
  const analyses = {
    of: async ({ entityRef }: EntityContext) => {
      asked.push(entityRef);
      if (entityRef === options.failing) {
        throw new Error('The store is away');
      }
      return {
        analysis: {
          dependencies: {
            nodes,
            edges: [],
            neighbours: nodes.map(({ id }, index) => ({
              direction: 'outbound',
              ...calls(309 + index),
              parts: [{ node: id, ...calls(309 + index) }],
            })),
          },
        },
      };
    },
  } as unknown as TraceAnalyses;
  const traces = NeighbourTraces.create({
    analyses,
    access: {
      forTracesOf: async (around, other) => {
        const entityRef = stringifyEntityRef(other);
        if (entityRef === options.denied) {
          throw new NotAllowedError('Denied');
        }
        return { ...around, entity: other, entityRef };
      },
    },
  });
  const callsTo = (...neighbours: ReturnType<typeof declared>[]) =>
    traces.callsTo(context, WINDOW, {
      declared: neighbours,
      entitiesOf: ({ name }) => (name === 'ledger.shop' ? [LEDGER] : []),
    });
  return { asked, callsTo };
}

describe('calls to an entity that makes no spans', () => {
  it('are found in the traces of the callers that the catalog declares', async () => {
    const payment = declared('payment');
    expect(await neighbourTraces().callsTo(payment)).toEqual([
      { neighbour: payment, ...calls(309) },
    ]);
  });

  it('are not looked for in traces that the reader may not see', async () => {
    const { asked, callsTo } = neighbourTraces({
      denied: 'component:default/payment',
    });
    expect(await callsTo(declared('payment'))).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('are found in the traces of the other callers where those of one can not be read', async () => {
    const told = await neighbourTraces({
      failing: 'component:default/payment',
    }).callsTo(declared('payment'), declared('billing'));
    expect(told.map(({ neighbour }) => neighbour.name)).toEqual(['billing']);
  });

  it('cost a bounded number of reads of callers, and none of callees', async () => {
    const { asked, callsTo } = neighbourTraces();
    await callsTo(
      declared('callee', 'outbound'),
      ...Array.from({ length: 20 }, (_, index) => declared(`caller-${index}`)),
    );
    expect(asked).toHaveLength(5);
    expect(asked).not.toContain('component:default/callee');
  });
});
