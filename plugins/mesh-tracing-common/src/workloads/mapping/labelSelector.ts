import { InputError } from '@backstage/errors';
import { shortened } from '../../shared/shortened';
import {
  requireAnnotationEntries,
  requireAnnotationLength,
} from './annotationLimits';

/** How a requirement compares. @public */
export type LabelOperator =
  | 'in'
  | 'notin'
  | 'exists'
  | 'doesNotExist'
  | 'greaterThan'
  | 'lessThan';

/** One requirement of a label selector. @public */
export interface LabelRequirement {
  key: string;
  operator: LabelOperator;
  /** Empty for the two operators on existence. */
  values: string[];
}

/** All requirements hold. Empty = everything. @public */
export type LabelSelector = LabelRequirement[];

const SYMBOLS = /==|!=|[=!<>(),]|[^\s=!<>(),]+/g;
const KEY_NAME = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const KEY_PREFIX =
  /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
const VALUE = /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;
/** Label values have no sign, and 64 bits make at most 20 digits. */
const INTEGER = /^\d{1,20}$/;

/** Whether an object with these labels is selected. @public */
export function matchesLabelSelector(
  selector: LabelSelector,
  labels: Record<string, string>,
): boolean {
  return selector.every(requirement => holds(requirement, labels));
}

function holds(
  { key, operator, values }: LabelRequirement,
  labels: Record<string, string>,
): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'exists':
      return value !== undefined;
    case 'doesNotExist':
      return value === undefined;
    case 'in':
      return value !== undefined && values.includes(value);
    case 'notin':
      return value === undefined || !values.includes(value);
    default: {
      if (value === undefined || !INTEGER.test(value)) {
        return false;
      }
      const difference = BigInt(value) - BigInt(values[0] ?? '0');
      return operator === 'greaterThan' ? difference > 0n : difference < 0n;
    }
  }
}

class SelectorParser {
  readonly #tokens: string[];
  readonly #text: string;
  #next = 0;

  constructor(text: string) {
    requireAnnotationLength(text);
    this.#text = text;
    this.#tokens = text.match(SYMBOLS) ?? [];
    requireAnnotationEntries(
      this.#tokens.filter(token => token === ',').length + 1,
      'requirements and values',
    );
  }

  parse(): LabelSelector {
    const selector: LabelSelector = [];
    while (this.#peek() !== undefined) {
      selector.push(this.#requirement());
      const separator = this.#take();
      if (separator === undefined) {
        break;
      }
      if (separator !== ',') {
        throw this.#unexpected(separator, `',' or the end`);
      }
      if (this.#peek() === undefined) {
        throw this.#unexpected(undefined, `a key after ','`);
      }
    }
    return selector;
  }

  #requirement(): LabelRequirement {
    if (this.#peek() === '!') {
      this.#take();
      return { key: this.#key(), operator: 'doesNotExist', values: [] };
    }
    const key = this.#key();
    const operator = this.#peek();
    if (operator === undefined || operator === ',') {
      return { key, operator: 'exists', values: [] };
    }
    this.#take();
    switch (operator) {
      case '=':
      case '==':
        return { key, operator: 'in', values: [this.#value()] };
      case '!=':
        return { key, operator: 'notin', values: [this.#value()] };
      case 'in':
      case 'notin':
        return { key, operator, values: this.#valueList() };
      case '>':
        return { key, operator: 'greaterThan', values: [this.#integer()] };
      case '<':
        return { key, operator: 'lessThan', values: [this.#integer()] };
      default:
        throw this.#unexpected(
          operator,
          `one of '=', '!=', 'in', 'notin', '<', '>'`,
        );
    }
  }

  #key(): string {
    const key = this.#take();
    if (
      key === undefined ||
      !isIdentifier(key) ||
      key === 'in' ||
      key === 'notin'
    ) {
      throw this.#unexpected(key, 'a key');
    }
    const [name, prefix, ...more] = key.split('/').reverse();
    const valid =
      more.length === 0 &&
      KEY_NAME.test(name ?? '') &&
      (prefix === undefined ||
        (prefix.length <= 253 && KEY_PREFIX.test(prefix)));
    if (!valid) {
      throw this.#fail(`'${shortened(key)}' is not a label key`);
    }
    return key;
  }

  /** A missing value is the empty one, as in `a=`. */
  #value(): string {
    const next = this.#peek();
    if (next === undefined || next === ',') {
      return '';
    }
    return this.#checkedValue(this.#take());
  }

  #integer(): string {
    const value = this.#take();
    if (value === undefined || !INTEGER.test(value)) {
      throw this.#unexpected(value, 'an integer');
    }
    return BigInt(value).toString();
  }

  #valueList(): string[] {
    this.#expect('(');
    if (this.#peek() === ')') {
      throw this.#unexpected(')', 'at least one value');
    }
    const values: string[] = [];
    for (;;) {
      const next = this.#peek();
      values.push(
        next === ',' || next === ')' ? '' : this.#checkedValue(this.#take()),
      );
      if (this.#peek() !== ',') {
        break;
      }
      this.#take();
    }
    this.#expect(')');
    return values;
  }

  #checkedValue(value: string | undefined): string {
    if (value === undefined || !isIdentifier(value)) {
      throw this.#unexpected(value, 'a value');
    }
    if (!VALUE.test(value)) {
      throw this.#fail(`'${shortened(value)}' is not a label value`);
    }
    return value;
  }

  #expect(token: string): void {
    const found = this.#take();
    if (found !== token) {
      throw this.#unexpected(found, `'${token}'`);
    }
  }

  #peek(): string | undefined {
    return this.#tokens[this.#next];
  }

  #take(): string | undefined {
    const token = this.#tokens[this.#next];
    this.#next += 1;
    return token;
  }

  #unexpected(found: string | undefined, expected: string): InputError {
    return this.#fail(
      `found ${
        found === undefined ? 'the end' : `'${shortened(found)}'`
      } where ${expected} belongs`,
    );
  }

  #fail(what: string): InputError {
    return new InputError(
      `'${shortened(this.#text)}' is not a Kubernetes label selector: ${what}`,
    );
  }
}

function isIdentifier(token: string): boolean {
  return !/^(?:==|!=|[=!<>(),])$/.test(token);
}

/**
 * Parses a label selector as kubectl and the API server do: `a=b`, `a==b`,
 * `a!=b`, `a`, `!a`, `a in (b,c)`, `a notin (b)`, `a>1`, `a<1`, joined by
 * commas; at most 200 requirements and values, in 16 kB.
 *
 * @throws InputError that names the limit, or says what was found where something else belongs
 * @public
 */
export function parseLabelSelector(text: string): LabelSelector {
  return new SelectorParser(text).parse();
}
