import type { CustomTag } from '../../meshconfig';
import { reservedTagName } from '../../tracing';
import { checkTagOfKind, type TagContext } from './checkTagOfKind';
import type {
  CustomTagCheck,
  CustomTagProxies,
  CustomTagRules,
} from './customTagRules';
import { hasControlCharacter } from './hasControlCharacter';

function checkName(name: string, check: CustomTagCheck) {
  const refuse = (rule: string, message: string) =>
    check.problems.push({
      rule,
      allowed: false,
      message,
      field: `customTags.${name}`,
    });
  if (name.trim() === '' || hasControlCharacter(name) || name !== name.trim()) {
    refuse(
      'custom-tag-name',
      'A tag name must not be empty, begin or end with space, or hold control characters',
    );
    return;
  }
  const owner = reservedTagName(name);
  if (owner) {
    refuse(
      'custom-tag-reserved',
      `'${name}' is one of ${owner}'s own tags; it would be sent twice. Choose another name`,
    );
  }
}

function checkTag(name: string, tag: CustomTag, context: TagContext) {
  const kinds = (
    ['literal', 'header', 'environment', 'formatter'] as const
  ).filter(kind => tag[kind]);
  const [kind] = kinds;
  const refuse = (rule: string, message: string, path = '') =>
    context.check.problems.push({
      rule,
      allowed: false,
      message,
      field: `customTags.${name}${path}`,
    });
  if (!kind || kinds.length > 1) {
    refuse(
      'custom-tag-kind',
      `Tag '${name}' needs exactly one kind; a tag without one makes the proxy refuse its listener`,
    );
    return;
  }
  if (!context.rules.kinds.includes(kind)) {
    refuse(
      'custom-tag-kind',
      `Tags of kind ${kind} are not allowed here; allowed are: ${context.rules.kinds.join(
        ', ',
      )}`,
      `.${kind}`,
    );
    return;
  }
  checkTagOfKind[kind](name, tag, context, refuse);
}

/**
 * Checks custom tags against the site's rules, against the names that Istio
 * and Envoy use themselves, and against what would copy secrets into the trace
 * store or make the proxy refuse its listener. Whether the proxies are new
 * enough for the kinds is for `buildOverride` to say.
 * @public
 */
export function checkCustomTags(
  tags: Record<string, CustomTag>,
  rules: CustomTagRules,
  proxies: CustomTagProxies = { workloads: [] },
): CustomTagCheck {
  const check: CustomTagCheck = { problems: [], findings: [] };
  const names = Object.keys(tags);
  if (names.length > rules.max) {
    check.problems.push({
      rule: 'custom-tag-count',
      allowed: false,
      message: `${names.length} custom tags, but at most ${rules.max} are allowed`,
      field: 'customTags',
    });
  }
  for (const [name, tag] of Object.entries(tags)) {
    checkName(name, check);
    checkTag(name, tag, { rules, proxies, check });
  }
  return check;
}
