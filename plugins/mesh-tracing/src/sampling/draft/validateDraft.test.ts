import { tracingResponse, workloadTracing } from '../../testing';
import { draftOf, type OverrideDraft } from './overrideDraft';
import type { TagDraft } from './tagDraft';
import { validateDraft } from './validateDraft';

const NOW_MS = Date.UTC(2026, 10, 20);
const { ability } = tracingResponse();

function problemsOf(patch: Partial<OverrideDraft>) {
  const draft = { ...draftOf(workloadTracing()), reason: 'why', ...patch };
  return validateDraft(draft, ability, NOW_MS);
}

function tagProblem(patch: Partial<TagDraft>) {
  const tag: TagDraft = {
    id: 0,
    name: 'team',
    kind: 'literal',
    value: 'payments',
    defaultValue: '',
    ...patch,
  };
  return problemsOf({ changesTags: true, tags: [tag] })['tags.0'];
}

describe('validateDraft', () => {
  it('accepts what the form starts with, given a reason', () => {
    expect(problemsOf({})).toEqual({});
  });

  it.each([
    [-1, 'percent-range'],
    [100.5, 'percent-range'],
    [NaN, 'percent-range'],
    [0.005, 'percent-step'],
    [0, undefined],
    [0.29, undefined],
    [100, undefined],
  ])('judges %d percent', (samplingPercent, problem) => {
    expect(problemsOf({ samplingPercent }).samplingPercent).toBe(problem);
  });

  it('knows the cap of the site', () => {
    expect(
      validateDraft(
        { ...draftOf(workloadTracing()), reason: 'why', samplingPercent: 60 },
        { ...ability, maxPercent: 50 },
        NOW_MS,
      ),
    ).toEqual({ samplingPercent: 'percent-cap' });
  });

  it.each<[Partial<TagDraft>, string | undefined]>([
    [{}, undefined],
    [{ name: ' ' }, 'tag-name-empty'],
    [{ value: '' }, 'tag-value-empty'],
    [{ kind: 'header', value: 'x-tenant' }, undefined],
    [{ kind: 'header', value: 'x tenant' }, 'tag-header-invalid'],
    [{ kind: 'header', value: 'Authorization' }, 'tag-header-denied'],
    [{ kind: 'header', value: 'X-Vault-Token' }, 'tag-header-denied'],
    [{ kind: 'header', value: 'X-User-Token' }, 'tag-header-looks-secret'],
    [{ kind: 'header', value: 'X-Routing-Key' }, undefined],
    [{ kind: 'environment', value: 'DEPLOY_TIER' }, undefined],
    [
      { kind: 'environment', value: 'DB_PASSWORD' },
      'tag-variable-looks-secret',
    ],
    [{ kind: 'environment', value: 'EDGE_TOKEN_KIND' }, undefined],
    [{ kind: 'formatter', value: '%REQ(x)%' }, 'tag-kind-not-allowed'],
  ])('judges the tag %j', (patch, problem) => {
    expect(tagProblem(patch)).toBe(problem);
  });

  it.each<[Partial<OverrideDraft>, string | undefined]>([
    [{ end: 'custom' }, 'end-missing'],
    [{ end: 'custom', customEndMs: NOW_MS - 1 }, 'end-past'],
    [{ end: 'custom', customEndMs: NOW_MS + 90_000_000 }, 'end-too-late'],
    [{ end: 'permanent' }, 'permanent-not-allowed'],
    [{ end: '4h' }, undefined],
  ])('judges the end %j', (patch, problem) => {
    expect(problemsOf(patch).end).toBe(problem);
  });

  it('asks for a change, and for a reason where the site does', () => {
    expect(problemsOf({ changesSampling: false, reason: '' })).toEqual({
      samplingPercent: 'nothing-changes',
      reason: 'reason-missing',
    });
  });
});
