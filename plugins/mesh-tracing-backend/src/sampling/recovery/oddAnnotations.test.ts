import { OVERRIDE_ANNOTATIONS } from 'backstage-plugin-mesh-tracing-common';
import { applied, outcomesOf, recover } from '../../testing/sampling/recovery';
import {
  samplingHarness,
  workload,
  type SamplingHarness,
} from '../../testing/sampling/samplingHarness';
import { testDatabases } from '../../testing/sampling/testDatabases';

const databases = testDatabases();
/** A date as JavaScript writes it for people: 62 characters. */
const LONG_END =
  'Fri Nov 20 2026 12:30:00 GMT+0000 (Coordinated Universal Time)';

describe.each(databases.eachSupportedId())(
  'on %s, annotations that others wrote oddly',
  database => {
    let harness: SamplingHarness;
    const annotate = (annotations: Record<string, string>) =>
      harness.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        Object.assign(object.metadata.annotations!, annotations);
      });
    const history = async () =>
      (await harness.service.history(harness.context())).entries;

    beforeEach(async () => {
      harness = await samplingHarness({
        knex: await databases.init(database),
        workloads: [workload('cart'), workload('pay')],
      });
      await applied(harness);
    });
    afterEach(() => harness.close());

    it('hide and turn no text in the history, the audit log and notifications', async () => {
      const hostile = 'paid\u202e by\u2066 x\u2069\u200b\u009b';
      harness.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.spec!.tracing![0]!.customTags = {
          team: { literal: { value: hostile } },
        };
      });
      await recover(harness);
      expect((await history())[0]).toMatchObject({
        kind: 'outside-change',
        after: expect.stringContaining('paid by x'),
      });
      const told = JSON.stringify([
        await history(),
        harness.auditor.createEvent.mock.calls.map(([event]) => event.meta),
        harness.notified,
      ]);
      expect(told).toContain('paid by x');
      expect(told).not.toMatch(/[\u202e\u2066\u2069\u200b\u009b]/);
    });

    it('end the override on time all the same', async () => {
      annotate({ [OVERRIDE_ANNOTATIONS.expiresAt]: LONG_END });
      await recover(harness);
      expect((await history())[0]).toMatchObject({
        kind: 'outside-change',
        expiresAt: '2026-11-20T12:30:00.000Z',
      });
      harness.clock.advance({ minutes: 31 });
      await harness.expiry.run();
      expect(harness.cluster.objects()).toEqual([]);
      expect(await outcomesOf(harness)).toEqual([
        'expire succeeded',
        'outside-change succeeded',
        'apply succeeded',
      ]);
    });

    it('are told of where Argo CD keeps the override past such an end', async () => {
      annotate({ [OVERRIDE_ANNOTATIONS.expiresAt]: LONG_END });
      harness.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.metadata.labels!['argocd.argoproj.io/instance'] = 'shop';
      });
      harness.clock.advance({ minutes: 31 });
      await harness.expiry.run();
      await harness.expiry.run();
      expect(await outcomesOf(harness)).toEqual([
        'expire superseded',
        'outside-change succeeded',
        'apply succeeded',
      ]);
    });

    it.each([
      ['no date', { [OVERRIDE_ANNOTATIONS.expiresAt]: 'x'.repeat(300) }],
      [
        'an id of a change',
        {
          [OVERRIDE_ANNOTATIONS.change]: 'x'.repeat(300),
          [OVERRIDE_ANNOTATIONS.reason]: 'another',
        },
      ],
      [
        'a workload',
        {
          [OVERRIDE_ANNOTATIONS.workload]: `${'K'.repeat(90)}/${'n'.repeat(
            400,
          )}`,
        },
      ],
      [
        'NUL characters',
        {
          [OVERRIDE_ANNOTATIONS.change]: 'a\0b',
          [OVERRIDE_ANNOTATIONS.entity]: 'component:default/cart\0',
          [OVERRIDE_ANNOTATIONS.reason]: 'be\0cause',
          [OVERRIDE_ANNOTATIONS.workload]: 'Deployment/ca\0rt',
        },
      ],
    ])('are seen, ended and no bar to others: %s', async (_, annotations) => {
      annotate(annotations);
      harness.cluster.createOutside({
        ...harness.cluster.objects()[0]!,
        metadata: {
          ...harness.cluster.objects()[0]!.metadata,
          name: 'mesh-tracing.pay',
          annotations: {
            [OVERRIDE_ANNOTATIONS.entity]: 'component:default/cart',
          },
        },
      });
      await recover(harness);
      const rows = await harness.knex('sampling_history').orderBy('seq');
      expect(
        rows.map(({ kind, telemetry_name: name }) => [kind, name]),
      ).toEqual([
        ['apply', 'mesh-tracing.cart'],
        ['outside-change', 'mesh-tracing.cart'],
        ['outside-change', 'mesh-tracing.pay'],
      ]);
      annotate({ [OVERRIDE_ANNOTATIONS.expiresAt]: LONG_END });
      harness.clock.advance({ minutes: 31 });
      await harness.expiry.run();
      expect(
        harness.cluster.objects().map(({ metadata }) => metadata.name),
      ).toEqual(['mesh-tracing.pay']);
    });

    it('hide no other override where one can not be dealt with', async () => {
      harness.cluster.createOutside({
        ...harness.cluster.objects()[0]!,
        metadata: {
          ...harness.cluster.objects()[0]!.metadata,
          name: 'mesh-tracing.pay',
          annotations: {},
        },
      });
      annotate({ [OVERRIDE_ANNOTATIONS.reason]: 'other' });
      jest
        .spyOn(harness.store, 'recordSeen')
        .mockRejectedValueOnce(new Error('value too long'));
      await harness.outsideChanges.run();
      expect(await harness.knex('sampling_history')).toHaveLength(2);
      await harness.outsideChanges.run();
      expect(await harness.knex('sampling_history')).toHaveLength(3);
    });
  },
);
