import type { CustomTag } from '../telemetry/model';
import { checkFormatter } from './checkFormatter';
import type {
  CustomTagCheck,
  CustomTagKind,
  CustomTagProxy,
  CustomTagRules,
} from './customTagRules';
import { isDeniedHeader, looksSecret } from './deniedHeaders';
import { hasControlCharacter } from './hasControlCharacter';
import { isAtLeast } from './versions';

const MAX_LITERAL_LENGTH = 1024;
const HEADER_NAME = /^:?[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** What a tag is checked against, and where the verdicts go. */
export interface TagContext {
  rules: CustomTagRules;
  proxy: CustomTagProxy;
  check: CustomTagCheck;
}

type Refuse = (rule: string, message: string, path?: string) => void;
type TagCheck = (
  name: string,
  tag: CustomTag,
  context: TagContext,
  refuse: Refuse,
) => void;

function checkDefault(
  name: string,
  kind: 'header' | 'environment',
  value: string | undefined,
  refuse: Refuse,
) {
  if (
    value !== undefined &&
    (value.length > MAX_LITERAL_LENGTH || hasControlCharacter(value))
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

/** Checks the value of a tag, by its kind. */
export const checkTagOfKind: Record<CustomTagKind, TagCheck> = {
  literal(name, tag, { proxy, check }, refuse) {
    const value = tag.literal?.value ?? '';
    if (value === '') {
      refuse(
        'custom-tag-value',
        `Tag '${name}' has an empty value`,
        '.literal.value',
      );
    }
    if (value.length > MAX_LITERAL_LENGTH || hasControlCharacter(value)) {
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
    if (variable.trim() === '' || hasControlCharacter(variable)) {
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
