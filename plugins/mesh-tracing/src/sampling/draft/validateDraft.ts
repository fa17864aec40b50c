import {
  headerRefusal,
  isDeniedVariable,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  HeaderRules,
  SamplingAbility,
} from 'backstage-plugin-mesh-tracing-common';
import { endOf, type OverrideDraft } from './overrideDraft';
import type { TagDraft } from './tagDraft';

/** What is wrong with a field; the texts are the view's. */
export type Problem =
  | 'percent-range'
  | 'percent-step'
  | 'percent-cap'
  | 'nothing-changes'
  | 'too-many-tags'
  | 'tag-name-empty'
  | 'tag-name-twice'
  | 'tag-value-empty'
  | 'tag-header-invalid'
  | 'tag-header-denied'
  | 'tag-header-looks-secret'
  | 'tag-variable-looks-secret'
  | 'tag-kind-not-allowed'
  | 'end-missing'
  | 'end-past'
  | 'end-too-late'
  | 'permanent-not-allowed'
  | 'reason-missing';

/** Problems by field: `samplingPercent`, `tags.<id>`, `tags`, `end`, `reason`. */
export type Problems = Record<string, Problem>;

/** The part of a custom tag that a problem is about. */
export type TagField = 'name' | 'kind' | 'value';

/** Which part of its tag a problem is about. */
export function tagFieldOf(problem: Problem): TagField {
  switch (problem) {
    case 'tag-name-empty':
    case 'tag-name-twice':
      return 'name';
    case 'tag-kind-not-allowed':
      return 'kind';
    default:
      return 'value';
  }
}

/** Checks a form before anything is sent. */
export function validateDraft(
  draft: OverrideDraft,
  ability: SamplingAbility,
  nowMs: number,
): Problems {
  const problems: Problems = {};
  const note = (field: string, problem: Problem | undefined) => {
    if (problem) {
      problems[field] = problem;
    }
  };
  if (!changesSomething(draft)) {
    note('samplingPercent', 'nothing-changes');
  }
  if (draft.changesSampling) {
    note('samplingPercent', percentProblem(draft.samplingPercent, ability));
  }
  if (draft.changesTags) {
    if (draft.tags.length > ability.maxCustomTags) {
      note('tags', 'too-many-tags');
    }
    for (const tag of draft.tags) {
      note(`tags.${tag.id}`, tagProblem(tag, draft.tags, ability));
    }
  }
  note('end', endProblem(draft, ability, nowMs));
  if (ability.reasonRequired && draft.reason.trim() === '') {
    note('reason', 'reason-missing');
  }
  return problems;
}

function changesSomething(draft: OverrideDraft): boolean {
  return (
    draft.changesSampling ||
    draft.changesTags ||
    draft.provider !== '' ||
    draft.disableSpanReporting !== undefined ||
    draft.disableContextPropagation !== undefined
  );
}

function percentProblem(
  percent: number,
  ability: SamplingAbility,
): Problem | undefined {
  if (!(percent >= 0 && percent <= 100)) {
    return 'percent-range';
  }
  if (Math.abs(percent * 100 - Math.round(percent * 100)) > 1e-6) {
    return 'percent-step';
  }
  return percent > ability.maxPercent ? 'percent-cap' : undefined;
}

function tagProblem(
  tag: TagDraft,
  tags: TagDraft[],
  ability: SamplingAbility,
): Problem | undefined {
  const name = tag.name.trim();
  if (name === '') {
    return 'tag-name-empty';
  }
  if (tags.some(other => other.id < tag.id && other.name.trim() === name)) {
    return 'tag-name-twice';
  }
  if (!ability.customTagKinds.includes(tag.kind)) {
    return 'tag-kind-not-allowed';
  }
  if (tag.value.trim() === '') {
    return 'tag-value-empty';
  }
  if (tag.kind === 'header') {
    return headerProblem(tag.value.trim(), ability);
  }
  return tag.kind === 'environment' && isDeniedVariable(tag.value, ability)
    ? 'tag-variable-looks-secret'
    : undefined;
}

/** Header names: token characters of RFC 9110, section 5.6.2. */
function headerProblem(name: string, rules: HeaderRules): Problem | undefined {
  if (!/^:?[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
    return 'tag-header-invalid';
  }
  switch (headerRefusal(name, rules)) {
    case undefined:
      return undefined;
    case 'looks-secret':
      return 'tag-header-looks-secret';
    default:
      return 'tag-header-denied';
  }
}

function endProblem(
  draft: OverrideDraft,
  ability: SamplingAbility,
  nowMs: number,
): Problem | undefined {
  const endMs = endOf(draft, nowMs);
  if (endMs === null) {
    return ability.permanentAllowed ? undefined : 'permanent-not-allowed';
  }
  if (Number.isNaN(endMs)) {
    return 'end-missing';
  }
  if (endMs <= nowMs) {
    return 'end-past';
  }
  return endMs - nowMs > ability.maxDurationMs ? 'end-too-late' : undefined;
}
