import type { TraceResponse } from 'backstage-plugin-mesh-tracing-common';
import { signIn } from '../support/signIn';
import { expect, test } from '../support/test';

const SPANS = 50_000;
const FANOUT = 5;
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

/** A tree of spans, five to each parent, each within its parent. */
function bigTrace(): TraceResponse {
  const durationUs = 10_000_000;
  const bounds: Array<{ offsetUs: number; durationUs: number }> = [];
  const spans = Array.from({ length: SPANS }, (_, index) => {
    const parentIndex = Math.floor((index - 1) / FANOUT);
    const parent = bounds[parentIndex];
    const share = (parent?.durationUs ?? durationUs) / FANOUT;
    const bound = parent
      ? {
          offsetUs: parent.offsetUs + ((index - 1) % FANOUT) * share,
          durationUs: share,
        }
      : { offsetUs: 0, durationUs };
    bounds.push(bound);
    return {
      spanId: idOf(index),
      ...(parent && { parentSpanId: idOf(parentIndex) }),
      service: `service-${index % 12}.shop`,
      operation: `GET /items/${index}`,
      kind: 'server' as const,
      status: index % 1000 === 999 ? ('error' as const) : ('ok' as const),
      ...bound,
      attributes: { 'http.status_code': 200, index },
      resource: {},
      events: [],
      links: [],
      warnings: [],
    };
  });
  return {
    entityRef: 'component:default/checkout',
    store: 'fake',
    trace: {
      traceId: TRACE_ID,
      startTimeUs: Date.now() * 1_000 - durationUs,
      durationUs,
      spans,
      warnings: [],
    },
    entitySpanIds: [idOf(0)],
  };
}

function idOf(index: number): string {
  return (index + 1).toString(16).padStart(16, '0');
}

test('a trace of 50,000 spans can be walked from end to end', async ({
  page,
}) => {
  const body = JSON.stringify(bigTrace());
  await page.route(`**/traces/${TRACE_ID}?*`, route =>
    route.fulfill({ contentType: 'application/json', body }),
  );
  await page.route(`**/traces/${TRACE_ID}`, route =>
    route.fulfill({ contentType: 'application/json', body }),
  );
  await signIn(page, 'Olivia');
  await page.goto(
    `/catalog/default/component/checkout/tracing?trace=${TRACE_ID}`,
  );

  const grid = page.getByRole('treegrid', { name: 'Spans of the trace' });
  await expect(grid.getByText('GET /items/0', { exact: true })).toBeVisible();
  await expect(grid).toHaveAttribute('aria-rowcount', String(SPANS + 1));
  const nodes = () => page.locator('*').count();
  expect(await nodes()).toBeLessThanOrEqual(2_000);

  await grid.focus();
  await page.keyboard.press('End');
  const last = grid.locator(`[aria-rowindex="${SPANS + 1}"]`);
  await expect(last).toBeInViewport();
  await expect(last).toHaveAttribute('data-active', 'true');
  expect(await nodes()).toBeLessThanOrEqual(2_000);

  await page.keyboard.press('Home');
  await expect(grid.locator('[aria-rowindex="2"]')).toBeInViewport();
});
