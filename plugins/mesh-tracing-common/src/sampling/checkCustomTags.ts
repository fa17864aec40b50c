import type { PolicyVerdictView } from '../api/samplingApi';
import type { Finding } from '../shared/Finding';
import type { CustomTag } from '../telemetry/model';
import { checkFormatter } from './checkFormatter';
import { DENIED_HEADERS, looksSecret, normalizeHeaderName } from './deniedHeaders';
import { isReservedTagName } from './reservedTagNames';
import { isAtLeast } from './versions';

/** The kinds of a custom tag. @public */
export type CustomTagKind = 'literal' | 'header' | 'environment' | 'formatter';

/** Bounds of what custom tags may do. @public */
export interface CustomTagRules {
  max: number;
  kinds: CustomTagKind[];
  /** Besides the built-in list. */
  denyHeaders: string[];
}

/** What is known of the proxies that would send the tags. @public */
export interface CustomTagProxy {
  /** Lowest version among the workload's proxies; unknown = newest. */
  proxyVersion?: string;
  /** Names of the environment variables of the proxy's container, if known. */
  proxyEnvironment?: string[];
  /** Characters; the provider's. */
  maxTagLength?: number;
}

/** @public */
export interface CustomTagCheck {
  /** Reasons to refuse, each with the path of its field. */
  problems: PolicyVerdictView[];
  findings: Finding[];
}

const MAX_LITERAL_LENGTH = 1024;
/** A control character could break lines of the stores and logs that tags reach. */
const CONTROL = /[\u0000-\u001f\u007f]/;
const HEADER_NAME = /^:?[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/**
 * Checks custom tags against the site's rules, against the names that Istio
 * and Envoy use themselves, and against what would copy secrets into the trace
 * store or make the proxy refuse its listener.
 * @public
 */
export function checkCustomTags(
  tags: Record<string, CustomTag>,
  rules: CustomTagRules,
  proxy: CustomTagProxy,
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
    checkTag(name, tag, { rules, proxy, check });
  }
  return check;
}

/** Whether tags may copy that header, by the built-in list and the site's. @public */
export function isDeniedHeader(name: string, denyHeaders: string[]): boolean {
  const normalized = normalizeHeaderName(name);
  return (
    DENIED_HEADERS.includes(normalized) ||
    denyHeaders.some(denied => normalizeHeaderName(denied) === normalized)
  );
}

interface TagContext {
  rules: CustomTagRules;
  proxy: CustomTagProxy;
  check: CustomTagCheck;
}

function checkName(name: string, check: CustomTagCheck) {
  const refuse = (rule: string, message: string) =>
    check.problems.push({
      rule,
      allowed: false,
      message,
      field: `customTags.${name}`,
    });
  if (name.trim() === '' || CONTROL.test(name) || name !== name.trim()) {
    refuse(
      'custom-tag-name',
      'A tag name must not be empty, begin or end with space, or hold control characters',
    );
  } else if (isReservedTagName(name)) {
    refuse(
      'custom-tag-reserved',
      `'${name}' is a tag that Istio or Envoy set themselves; it would be sent twice. Choose another name`,
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
  CHECKS[kind](name, tag, context, refuse);
}

type Refuse = (rule: string, message: string, path?: string) => void;
type TagCheck = (
  name: string,
  tag: CustomTag,
  context: TagContext,
  refuse: Refuse,
) => void;

const CHECKS: Record<CustomTagKind, TagCheck> = {
  literal(name, tag, { proxy, check }, refuse) {
    const value = tag.literal?.value ?? '';
    if (value === '') {
      refuse(
        'custom-tag-value',
        `Tag '${name}' has an empty value`,
        '.literal.value',
      );
    }
    if (value.length > MAX_LITERAL_LENGTH || CONTROL.test(value)) {
      refuse(
        'custom-tag-value',
        `The value of tag '${name}' must be at most ${MAX_LITERAL_LENGTH} characters without control characters`,
        '.literal.value',
      );
    } else if (proxy.maxTagLength && value.length > proxy.maxTagLength) {
      check.findings.push({
        severity: 'warning',
        code: 'custom-tag-long',
        what: `The value of tag '${name}' has ${value.length} characters; the provider's maximum tag length is ${proxy.maxTagLength}.`,
        whatToDo: 'Shorten the value, or expect it to be cut.',
      });
    }
  },
  header(name, tag, { rules, check }, refuse) {
    const header = tag.header?.name ?? '';
    if (!HEADER_NAME.test(header)) {
      refuse(
        'custom-tag-value',
        `Tag '${name}' needs the name of a request header`,
        '.header.name',
      );
    } else if (isDeniedHeader(header, rules.denyHeaders)) {
      refuse(
        'custom-tag-header',
        `Header '${header}' may carry a secret, which the tag would copy into the trace store`,
        '.header.name',
      );
    } else {
      warnIfSecret(name, `Header '${header}'`, header, check);
    }
    checkDefault(name, 'header', tag.header?.defaultValue, refuse);
  },
  environment(name, tag, { proxy, check }, refuse) {
    const variable = tag.environment?.name ?? '';
    if (variable.trim() === '' || CONTROL.test(variable)) {
      refuse(
        'custom-tag-value',
        `Tag '${name}' needs the name of an environment variable`,
        '.environment.name',
      );
      return;
    }
    checkDefault(name, 'environment', tag.environment?.defaultValue, refuse);
    warnIfSecret(name, `Environment variable '${variable}'`, variable, check);
    if (
      proxy.proxyEnvironment &&
      !proxy.proxyEnvironment.includes(variable) &&
      !tag.environment?.defaultValue
    ) {
      check.findings.push({
        severity: 'warning',
        code: 'custom-tag-variable-missing',
        what: `The istio-proxy container has no environment variable '${variable}', so tag '${name}' stays off the spans.`,
        whatToDo:
          "Environment tags read the proxy's variables, not the application's: name one of the proxy's, or give a default value.",
      });
    }
  },
  formatter(name, tag, { rules, proxy, check }, refuse) {
    const problem = checkFormatter(tag.formatter?.value ?? '', header =>
      isDeniedHeader(header, rules.denyHeaders),
    );
    if (problem) {
      refuse(
        'custom-tag-formatter',
        `The format of tag '${name}' is refused: ${problem}`,
        '.formatter.value',
      );
    }
    if (!isAtLeast(proxy.proxyVersion, 1, 29)) {
      refuse(
        'custom-tag-formatter',
        `Formatter tags need proxies of Istio 1.29 or newer; the oldest proxy here is ${proxy.proxyVersion}`,
        '.formatter',
      );
    }
    if (looksSecret(tag.formatter?.value ?? '') && !problem) {
      warnIfSecret(name, 'The format', tag.formatter?.value ?? '', check);
    }
  },
};

function checkDefault(
  name: string,
  kind: 'header' | 'environment',
  value: string | undefined,
  refuse: Refuse,
) {
  if (
    value !== undefined &&
    (value.length > MAX_LITERAL_LENGTH || CONTROL.test(value))
  ) {
    refuse(
      'custom-tag-value',
      `The default value of tag '${name}' must be at most ${MAX_LITERAL_LENGTH} characters without control characters`,
      `.${kind}.defaultValue`,
    );
  }
}

function warnIfSecret(
  name: string,
  subject: string,
  text: string,
  check: CustomTagCheck,
) {
  if (looksSecret(text)) {
    check.findings.push({
      severity: 'warning',
      code: 'custom-tag-looks-secret',
      what: `${subject} of tag '${name}' reads like something secret; everyone who can read traces would see its value.`,
      whatToDo: 'Make sure that it holds nothing secret.',
    });
  }
}
