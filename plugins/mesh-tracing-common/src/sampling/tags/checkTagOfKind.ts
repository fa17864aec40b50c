import type { Finding } from '../../shared/Finding';
import type { CustomTag } from '../../meshconfig';
import { proxiesOf } from '../../workloads';
import { checkFormatter } from './checkFormatter';
import type {
  CustomTagCheck,
  CustomTagKind,
  CustomTagProxies,
  CustomTagRules,
} from './customTagRules';
import { headerProblem, mayHoldQuery } from './deniedHeaders';
import { isDeniedVariable } from './deniedVariables';
import { hasControlCharacter } from './hasControlCharacter';
import { listSome } from '../../shared/listSome';
import { holdsCredential } from './looksSecret';
import { namesIdentity } from './namesIdentity';
import { headersOfOperator, parseFormatter } from './parseFormatter';

const MAX_LITERAL_LENGTH = 1024;
/** Envoy's default for the path in `http.url`. */
const DEFAULT_TAG_LENGTH = 256;
const HEADER_NAME = /^:?[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** What a tag is checked against, and where the verdicts go. */
export interface TagContext {
  rules: CustomTagRules;
  proxies: CustomTagProxies;
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

function warn(check: CustomTagCheck, finding: Omit<Finding, 'severity'>) {
  check.findings.push({ severity: 'warning', ...finding });
}

/** This only warns, since the author wrote the text and answers for it. */
function warnOfCredential(name: string, text: string, check: CustomTagCheck) {
  if (holdsCredential(text)) {
    warn(check, {
      code: 'custom-tag-looks-secret',
      what: `The text of tag '${name}' reads like a credential; everyone who can read traces would see it.`,
      whatToDo: 'Make sure that it holds nothing secret.',
    });
  }
}

function warnOfQuery(
  name: string,
  headers: readonly string[],
  check: CustomTagCheck,
) {
  const header = headers.find(mayHoldQuery);
  if (header) {
    warn(check, {
      code: 'custom-tag-query',
      what: `Header '${header}' of tag '${name}' holds an address with its query, and queries may hold tokens; everyone who can read traces would see them.`,
      whatToDo:
        'Make sure that no address here holds anything secret, or tag something else.',
    });
  }
}

/** Warns of personal data, since nobody has asked those whose data it is. */
function warnOfIdentity(
  name: string,
  headers: readonly string[],
  check: CustomTagCheck,
) {
  const header = headers.find(namesIdentity);
  if (header) {
    warn(check, {
      code: 'custom-tag-identity',
      what: `Header '${header}' of tag '${name}' tells who the user is; everyone who can read traces would see it.`,
      whatToDo:
        'Make sure that your rules for personal data allow this, or tag something else.',
    });
  }
}

/** Istio writes the length to Envoy's `max_path_tag_length`: no other tag is cut. */
function tellLength(
  name: string,
  length: number,
  { check, proxies }: TagContext,
) {
  const longest = proxies.maxTagLength ?? DEFAULT_TAG_LENGTH;
  if (length > longest) {
    check.findings.push({
      severity: 'info',
      code: 'custom-tag-long',
      what: `The value of tag '${name}' has ${length} characters and goes onto each span whole: the provider's maximum tag length, ${longest}, cuts the path in http.url and no other tag.`,
      whatToDo: 'Shorten the value if it need not be so long.',
    });
  }
}

/** Envoy reads its own environment, not that of the application. */
function warnOfMissing(name: string, variable: string, context: TagContext) {
  const proxies = new Set(context.proxies.workloads.flatMap(proxiesOf));
  const pods = [...proxies].flatMap(({ namespace, pods: own }) =>
    own.flatMap(({ name: pod, proxyEnvironment }) =>
      proxyEnvironment
        ? [{ ref: `${namespace}/${pod}`, proxyEnvironment }]
        : [],
    ),
  );
  const missing = pods.filter(
    ({ proxyEnvironment }) => !proxyEnvironment.includes(variable),
  );
  if (missing.length > 0) {
    warn(context.check, {
      code: 'custom-tag-variable-missing',
      what: `The istio-proxy container has no environment variable '${variable}' in ${
        missing.length
      } of ${pods.length} pods (${listSome(
        missing.map(({ ref }) => ref),
      )}), so tag '${name}' stays off their spans.`,
      whatToDo:
        "Environment tags read the proxy's variables, not the application's: name one of the proxy's, or give a default value.",
    });
  }
}

/** Checks the value of a tag, by its kind. */
export const checkTagOfKind: Record<CustomTagKind, TagCheck> = {
  literal(name, tag, context, refuse) {
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
    } else {
      tellLength(name, value.length, context);
      warnOfCredential(name, value, context.check);
    }
  },
  header(name, tag, { rules, check }, refuse) {
    const header = tag.header?.name ?? '';
    const problem = HEADER_NAME.test(header)
      ? headerProblem(header, rules)
      : undefined;
    if (!HEADER_NAME.test(header)) {
      refuse(
        'custom-tag-value',
        `Tag '${name}' needs the name of a request header`,
        '.header.name',
      );
    } else if (problem) {
      refuse('custom-tag-header', `H${problem.slice(1)}`, '.header.name');
    } else {
      warnOfQuery(name, [header], check);
      warnOfIdentity(name, [header], check);
    }
    checkDefault(name, 'header', tag.header?.defaultValue, refuse);
  },
  environment(name, tag, context, refuse) {
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
    if (isDeniedVariable(variable, context.rules)) {
      refuse(
        'custom-tag-environment',
        `Environment variable '${variable}' is named like a secret, which the tag would copy into the trace store; where it holds none, meshTracing.sampling.customTags.allowEnvironment can allow it`,
        '.environment.name',
      );
    } else if (!tag.environment?.defaultValue) {
      warnOfMissing(name, variable, context);
    }
  },
  formatter(name, tag, { rules, check }, refuse) {
    const format = tag.formatter?.value ?? '';
    const problem = checkFormatter(format, rules);
    const parsed = parseFormatter(format);
    if (problem) {
      refuse(
        'custom-tag-formatter',
        `The format of tag '${name}' is refused: ${problem}`,
        '.formatter.value',
      );
    } else if (parsed.ok) {
      const headers = parsed.operators.flatMap(headersOfOperator);
      warnOfQuery(name, headers, check);
      warnOfIdentity(name, headers, check);
      warnOfCredential(name, format, check);
    }
  },
};
