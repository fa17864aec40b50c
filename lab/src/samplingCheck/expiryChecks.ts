import assert from 'node:assert/strict';
import { waitUntil } from '../lifecycle/componentProcess';
import type { SamplingHarness } from './SamplingHarness';

const ROUNDS = 20;
const ADA = { user: 'user:default/ada', workload: 'frontend-v1' } as const;
const NAME = 'mesh-tracing.frontend-v1';
const MINUTE_MS = 60_000;

/** Two replicas end the same overrides at the same time. */
export async function checkExpiry(harness: SamplingHarness): Promise<void> {
  const { checks, clock, one, two } = harness;
  const inBothViews = (present: boolean) =>
    waitUntil(`both views ${present ? 'with' : 'without'} ${NAME}`, async () =>
      [one, two].every(
        ({ cluster }) =>
          cluster
            .snapshot()
            .inputs.telemetries.some(
              ({ metadata }) => metadata.name === NAME,
            ) === present,
      ),
    );
  await checks.check(
    `two replicas end an override at once, ${ROUNDS} times: once each`,
    async () => {
      const audits = () =>
        harness.audited.filter(
          ({ eventId, outcome }) =>
            eventId === 'sampling-expire' && outcome === 'succeeded',
        ).length;
      const auditsBefore = audits();
      const announcedBefore = harness.announced.length;
      for (let round = 1; round <= ROUNDS; round += 1) {
        await one.apply({ ...ADA, expiresAt: clock.in(30 * MINUTE_MS) });
        await inBothViews(true);
        clock.advance(31 * MINUTE_MS);
        await Promise.all([
          one.sampling.expiry.run(),
          two.sampling.expiry.run(),
          one.sampling.expiry.run(),
        ]);
        assert.equal(await harness.object(NAME), undefined, `round ${round}`);
        await inBothViews(false);
        await Promise.all([
          one.sampling.outsideChanges.run(),
          two.sampling.outsideChanges.run(),
        ]);
        const history = await one.history('frontend-v1');
        const ended = history.filter(({ kind }) => kind === 'expire');
        assert.equal(ended.length, round);
        assert.ok(ended.every(({ outcome }) => outcome === 'succeeded'));
        assert.ok(!history.some(({ kind }) => kind.startsWith('outside')));
      }
      assert.equal(audits() - auditsBefore, ROUNDS);
      const told = harness.announced.length - announcedBefore;
      assert.equal(told, ROUNDS, `${told} notifications`);
    },
  );
  await checks.check(
    'an end that was moved meanwhile is kept, whatever the view says',
    async () => {
      await one.apply({ ...ADA, expiresAt: clock.in(30 * MINUTE_MS) });
      await inBothViews(true);
      clock.advance(29 * MINUTE_MS);
      await two.apply({ ...ADA, expiresAt: clock.in(60 * MINUTE_MS) });
      clock.advance(2 * MINUTE_MS);
      await Promise.all([one.sampling.expiry.run(), two.sampling.expiry.run()]);
      assert.ok(await harness.object(NAME), 'it was ended too early');
      assert.equal((await one.history('frontend-v1')).at(-1)?.kind, 'extend');
    },
  );
}
