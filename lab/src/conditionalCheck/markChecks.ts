import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  CONDITIONAL_TRACE_VALUE,
  parseYaml,
  type ConditionalMark,
  type ForcingHop,
} from 'backstage-plugin-mesh-tracing-common';
import type { CheckList } from '../checks/CheckList';
import type { LabWorkloadName } from '../layout/LabLayout';
import { sendRequests, type SendRequestsResult } from '../traffic/sendRequests';
import type { ForcedMesh, ProviderName } from './ForcedMesh';
import type { ProductView } from './ProductView';

const PERCENT = 1;
const MARKED = 1_000;
const UNMARKED = 3_000;
/** Sent once the filter is gone. */
const AFTERWARDS = 1_000;
/** A sound share is further off in less than one of a million runs. */
const SIGMAS = 5;

/** A mark, and requests that almost have it. */
export interface MarkCase {
  mark: ConditionalMark;
  marked: Record<string, string>;
  /** Not marked, each of them. */
  others: Array<Record<string, string>>;
}

/** Fails unless so many were sampled by chance at the percentage. */
function assertChance(sampled: number, count: number): string {
  const share = PERCENT / 100;
  const expected = count * share;
  const spread = SIGMAS * Math.sqrt(count * share * (1 - share));
  assert.ok(
    Math.abs(sampled - expected) <= spread,
    `${sampled} of ${count}, ${expected} ± ${spread.toFixed(1)} expected`,
  );
  return `${sampled} of ${count}`;
}

/** The lab's proxy of a hop, its address and its name in traces. */
function placeOf({ endpoints }: ForcedMesh, { kind }: ForcingHop) {
  return kind === 'gateway'
    ? {
        proxy: 'istio-ingressgateway' as LabWorkloadName,
        url: endpoints.gateway,
        service: 'istio-ingressgateway.istio-system',
      }
    : {
        proxy: 'frontend-v1' as LabWorkloadName,
        url: endpoints.frontend,
        service: 'frontend.bookinfo',
      };
}

interface MarkCheck {
  checks: CheckList;
  mesh: ForcedMesh;
  hop: ForcingHop;
  provider: ProviderName;
  markCase: MarkCase;
}

/**
 * How many of a burst were sampled. Of OpenTelemetry the application sees it; of
 * Zipkin, whose headers it does not report, the store tells.
 */
async function burst(
  { mesh, hop }: MarkCheck,
  count: number,
  headersOf: () => Record<string, string>,
): Promise<SendRequestsResult> {
  const sent = await sendRequests({
    url: placeOf(mesh, hop).url,
    count,
    headersOf,
  });
  assert.deepEqual(sent.statuses, { 200: count });
  return sent;
}

async function checkMarked(check: MarkCheck): Promise<void> {
  const { checks, mesh, hop, provider, markCase } = check;
  const { service } = placeOf(mesh, hop);
  const run = `run-${randomBytes(6).toString('hex')}`;
  await checks.check(
    `${MARKED} of ${MARKED} marked requests are traced at ${PERCENT} %: ${provider}, ${
      hop.kind
    }, ${JSON.stringify(markCase.mark)}`,
    async () => {
      const { sampled } = await burst(check, MARKED, () => ({
        ...markCase.marked,
        'user-agent': run,
      }));
      if (provider === 'jaeger') {
        assert.equal(sampled, MARKED, 'sampled, as the frontend saw it');
      }
      const stored = await mesh.countTagged(
        service,
        {
          'guid:x-client-trace-id': CONDITIONAL_TRACE_VALUE,
          user_agent: run,
        },
        MARKED,
      );
      assert.equal(stored, MARKED, 'traces in Jaeger');
    },
  );
}

async function checkUnmarked(check: MarkCheck): Promise<void> {
  const { checks, hop, provider, markCase } = check;
  if (provider !== 'jaeger') {
    return;
  }
  let next = 0;
  await checks.check(
    `${UNMARKED} requests that are not marked are traced at ${PERCENT} %: ${provider}, ${
      hop.kind
    }, ${JSON.stringify(markCase.mark)}`,
    async () => {
      const { sampled } = await burst(check, UNMARKED, () => {
        next += 1;
        return markCase.others[next % markCase.others.length] ?? {};
      });
      return assertChance(sampled, UNMARKED);
    },
  );
  await checks.check(
    `a marked request that arrives with the decision not to trace keeps it: ${hop.kind}`,
    async () => {
      const { sampled } = await burst(check, 50, () => ({
        ...markCase.marked,
        traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(
          8,
        ).toString('hex')}-00`,
      }));
      assert.equal(sampled, 0);
    },
  );
}

/** Generates, applies as generated, sends, and takes away again. */
export async function checkMark(
  given: Omit<MarkCheck, 'hop'> & {
    view: ProductView;
    kind: ForcingHop['kind'];
  },
): Promise<void> {
  const { checks, mesh, view, provider, markCase, kind } = given;
  await checks.check(`${provider} samples ${PERCENT} %`, () =>
    mesh.trace(provider, PERCENT),
  );
  const hop = (await view.hops(provider)).find(each => each.kind === kind);
  assert.ok(hop, `the product knows no ${kind}`);
  const { proxy } = placeOf(mesh, hop);
  const plan = view.plan(hop, markCase.mark);
  assert.ok(plan.yaml, `nothing was generated: ${plan.refusal}`);
  const manifest = parseYaml(plan.yaml) as object;
  const check = { checks, mesh, hop, provider, markCase };
  const applied = await checks.check(
    `what is generated is taken by istiod and by the proxy: ${provider}, ${kind}, ${JSON.stringify(
      markCase.mark,
    )}`,
    () => mesh.apply(manifest, proxy),
  );
  if (applied) {
    await checkMarked(check);
    await checkUnmarked(check);
  }
  await mesh.remove(manifest, proxy);
  if (provider === 'jaeger') {
    await checks.check(
      `once it is taken away, marked requests are like others: ${kind}`,
      async () => {
        const { sampled } = await burst(
          check,
          AFTERWARDS,
          () => markCase.marked,
        );
        return assertChance(sampled, AFTERWARDS);
      },
    );
  }
}
