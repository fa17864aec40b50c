import type { SamplingAbility } from 'backstage-plugin-mesh-tracing-common';
import type { OverrideDraft } from '../draft/overrideDraft';
import { tagFieldOf, validateDraft } from '../draft/validateDraft';
import type { TagError } from './TagEditor';
import { useProblemTexts } from './useProblemTexts';

/** What is wrong with a form, field by field, in sentences. */
export interface FormErrors {
  /** Of a field of the form. */
  textOf: (field: string) => string | undefined;
  /** Of a tag, by its id in the form. */
  tagErrorOf: (id: number) => TagError | undefined;
  isInvalid: boolean;
}

/**
 * Tells what is wrong with a form.
 *
 * @param isTold - false before the form was sent for the first time: until then
 *   nobody has made a mistake
 */
export function useFormErrors(
  draft: OverrideDraft,
  ability: SamplingAbility,
  isTold: boolean,
): FormErrors {
  const problems = isTold ? validateDraft(draft, ability, Date.now()) : {};
  const texts = useProblemTexts(ability);
  return {
    textOf: field => {
      const problem = problems[field];
      return problem && texts[problem];
    },
    tagErrorOf: id => {
      const problem = problems[`tags.${id}`];
      return problem && { field: tagFieldOf(problem), text: texts[problem] };
    },
    isInvalid: Object.keys(problems).length > 0,
  };
}
