import { goJsonMessage, type GoType } from './goJsonMessage';

/** A field that does not have the shape that Istio's API gives it. */
export interface FieldProblem {
  /** `spec.tracing[0].customTags.a.literal.value`. */
  path: string;
  message: string;
  /**
   * True where Istio's own reader accepts the value, although it makes no
   * sense.
   */
  acceptedByIstio?: boolean;
  /** Istio's words for it, where they are known. */
  istioMessage?: string;
}

/** How the JSON form of protocol buffers writes numbers that JSON lacks. */
const NOT_FINITE: ReadonlySet<string> = new Set([
  'NaN',
  'Infinity',
  '-Infinity',
]);

/**
 * Istio's reader takes the text between quotes for JSON once more, without
 * decoding its escapes: spaces around the number are allowed, and `null` leaves
 * the field at zero.
 */
const QUOTED_NUMBER =
  /^ *(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|null) *$/;
const QUOTED_INTEGER = /^ *(?:-?(?:0|[1-9]\d*)|null) *$/;

/**
 * Reads fields of objects of unknown shape and remembers what was wrong.
 * `null` counts as absent, as in Istio's own JSON reading. Never descends
 * further than it is asked to, so cyclic objects are harmless.
 */
export class FieldReader {
  readonly problems: FieldProblem[] = [];

  record(value: unknown, path: string): Record<string, unknown> | undefined {
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'object' && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
    return this.#wrong(path, 'an object', value, 'map[string]json.RawMessage');
  }

  list(value: unknown, path: string): unknown[] | undefined {
    if (value === undefined || value === null) return undefined;
    if (Array.isArray(value)) return value;
    return this.#wrong(path, 'a list', value, '[]json.RawMessage');
  }

  text(value: unknown, path: string): string | undefined {
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string') return value;
    return this.#wrong(path, 'text', value, 'string');
  }

  flag(value: unknown, path: string): boolean | undefined {
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'boolean') return value;
    return this.#wrong(path, 'true or false', value, 'bool');
  }

  /** Numbers written as text are read too, as Istio's JSON reader does. */
  number(value: unknown, path: string): number | undefined {
    if (value === undefined || value === null) return undefined;
    const read = numberOf(value);
    if (read !== undefined) return read;
    if (typeof value === 'string' && NOT_FINITE.has(value)) {
      const message = 'must be a finite number';
      this.problems.push({ path, message, acceptedByIstio: true });
      return undefined;
    }
    return this.#wrong(path, 'a number', value, 'float64');
  }

  /** A whole number within limits, also in quotes, but then without an exponent. */
  integer(
    value: unknown,
    path: string,
    limits: { least: number; below: number },
  ): number | undefined {
    if (value === undefined || value === null) return undefined;
    const whole = typeof value !== 'string' || QUOTED_INTEGER.test(value);
    const read = whole ? numberOf(value) : undefined;
    if (
      read !== undefined &&
      Number.isInteger(read) &&
      read >= limits.least &&
      read < limits.below
    ) {
      return read;
    }
    this.problem(
      path,
      read === undefined
        ? `must be a whole number, but is ${kindOf(value)}`
        : 'must be a whole number within the limits of its type',
    );
    return undefined;
  }

  problem(path: string, message: string, istioMessage?: string): void {
    this.problems.push({
      path,
      message,
      ...(istioMessage ? { istioMessage } : {}),
    });
  }

  #wrong(
    path: string,
    expected: string,
    value: unknown,
    type: GoType,
  ): undefined {
    const message = `must be ${expected}, but is ${kindOf(value)}`;
    this.problem(path, message, goJsonMessage(value, type));
    return undefined;
  }
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'string' && !QUOTED_NUMBER.test(value)) return undefined;
  const read =
    typeof value === 'string' ? Number(value.replace('null', '0')) : value;
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined;
}

/** Neither absent nor null, which mean the same to Istio. */
export function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'object':
      return 'an object';
    case 'string':
      return 'text';
    case 'number':
      return Number.isFinite(value) ? 'a number' : 'not a finite number';
    case 'boolean':
      return 'true or false';
    default:
      return `a ${typeof value}`;
  }
}
