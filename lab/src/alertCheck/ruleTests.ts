import { requestRuleTests } from './requestRuleTests';
import type { RuleTest } from './RuleTest';
import { spanRuleTests } from './spanRuleTests';

/** For each kind: it doesn't fire at its border, fires beyond it, and resolves. */
export function ruleTests(): RuleTest[] {
  return [...requestRuleTests(), ...spanRuleTests()];
}
