import {
  effectiveSide,
  overrideView,
  workloadTracing,
  effectiveTracing,
} from '../../testing';
import { draftOf, withScope } from './overrideDraft';
import { draftOfProposal } from './proposal';
import { rebaseDraft, withOverride } from './rebaseDraft';
import { requestOf } from './requestOf';
import { withAllowedEnd } from './withAllowedEnd';

const NOW_MS = Date.UTC(2026, 10, 20);

const ITEM = workloadTracing({
  override: overrideView({ samplingPercent: 80, reason: 'one' }),
  wideOverrides: [
    overrideView({
      scope: 'namespace',
      samplingPercent: 3,
      reason: 'all of them',
      customTags: { team: { literal: { value: 'a' } } },
    }),
  ],
});

describe('a form whose scope is changed', () => {
  it('starts from the override of that scope in force', () => {
    const draft = withScope(ITEM, draftOf(ITEM), 'namespace');
    expect(requestOf(ITEM, draft, NOW_MS)).toMatchObject({
      scope: 'namespace',
      samplingPercent: 3,
      reason: 'all of them',
      customTags: { team: { literal: { value: 'a' } } },
    });
    expect(withScope(ITEM, draft, 'workload')).toEqual(draftOf(ITEM));
  });

  it('starts from what is in force where that scope has no override', () => {
    expect(withScope(ITEM, draftOf(ITEM), 'mesh')).toMatchObject({
      scope: 'mesh',
      samplingPercent: 50,
      reason: '',
    });
  });

  it('keeps the end that was chosen', () => {
    const draft = withScope(ITEM, { ...draftOf(ITEM), end: '4h' }, 'namespace');
    expect(draft).toMatchObject({ end: '4h', samplingPercent: 3 });
  });

  it('keeps everything once something was entered', () => {
    const entered = { ...draftOf(ITEM), samplingPercent: 12 };
    expect(withScope(ITEM, entered, 'namespace')).toEqual({
      ...entered,
      scope: 'namespace',
    });
  });
});

describe('a form that starts from settings of the past', () => {
  const requested = (setsCustomTags: boolean) =>
    requestOf(
      ITEM,
      draftOfProposal(ITEM, {
        workload: 'demo/shop/Deployment/checkout',
        scope: 'workload',
        settings: { samplingPercent: 5, customTags: {}, setsCustomTags },
      }),
      NOW_MS,
    );

  it('takes all tags away where those settings did, and only there', () => {
    expect(requested(true).customTags).toEqual({});
    expect(requested(false)).not.toHaveProperty('customTags');
  });
});

describe('a fresh form', () => {
  const own = overrideView({ samplingPercent: 80 });
  const { samplingPercent } = effectiveSide();
  const item = workloadTracing({
    override: own,
    effective: effectiveTracing({
      server: effectiveSide({
        samplingPercent: {
          value: 80,
          source: {
            kind: 'telemetry',
            namespace: own.namespace,
            name: own.name,
            entry: 0,
            level: 'workload',
          },
          shadowed: [
            { value: samplingPercent.value, source: samplingPercent.source },
          ],
        },
      }),
    }),
  });

  it('for many workloads does not start from the override of one of them', () => {
    expect(draftOf(item, 'namespace').samplingPercent).toBe(50);
  });

  it('follows what is in force without an override that was removed', () => {
    const rebased = rebaseDraft(
      draftOf(item),
      item,
      withOverride(item, 'workload', undefined),
    );
    expect(rebased.samplingPercent).toBe(50);
  });

  it('ends as late as is allowed where an hour is not', () => {
    const minutes = (count: number) => ({ maxDurationMs: count * 60_000 });
    const draft = draftOf(item);
    expect(withAllowedEnd(draft, minutes(60), NOW_MS).end).toBe('1h');
    expect(withAllowedEnd(draft, minutes(30), NOW_MS).end).toBe('15m');
    expect(withAllowedEnd(draft, minutes(5), NOW_MS)).toMatchObject({
      end: 'custom',
      customEndMs: NOW_MS + 5 * 60_000,
    });
  });
});
