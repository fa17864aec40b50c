/** A metric that an expression of PromQL selects. */
export interface MetricSelector {
  metric: string;
  /** Names of the labels that it matches. */
  labels: string[];
}

/** Words before a list of labels. */
const BEFORE_LABELS = [
  'by',
  'without',
  'on',
  'ignoring',
  'group_left',
  'group_right',
];
const WORDS = [
  ...BEFORE_LABELS,
  'and',
  'or',
  'unless',
  'bool',
  'offset',
  'atan2',
  'inf',
  'nan',
];
const NAME_START = /[a-zA-Z_:]/;
const NAME_PART = /[a-zA-Z0-9_:]/;
const SPACE = /\s/;

/** Reads an expression once, from its begin to its end. */
class Scanner {
  readonly #text: string;
  #at = 0;
  readonly found: MetricSelector[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  scan(): void {
    while (this.#at < this.#text.length) this.#next();
  }

  #next(): void {
    const character = this.#peek();
    if (isQuote(character)) this.#string();
    else if (character === '#') this.#until('\n');
    else if (character === '[') this.#until(']');
    else if (character === '{') this.#labels('');
    else if (NAME_START.test(character)) this.#word();
    else if (/[0-9]/.test(character)) this.#number();
    else this.#at += 1;
  }

  #peek(): string {
    return this.#text.charAt(this.#at);
  }

  #word(): void {
    const name = this.#name();
    this.#spaces();
    const word = name.toLowerCase();
    if (BEFORE_LABELS.includes(word) && this.#peek() === '(') {
      this.#until(')');
    } else if (!WORDS.includes(word) && this.#peek() !== '(') {
      this.#labels(name);
    }
  }

  #name(): string {
    const start = this.#at;
    while (NAME_PART.test(this.#peek())) this.#at += 1;
    return this.#text.slice(start, this.#at);
  }

  /** A duration such as 5m is one word. */
  #number(): void {
    while (/[0-9a-zA-Z_.]/.test(this.#peek())) this.#at += 1;
  }

  #labels(metric: string): void {
    const labels: string[] = [];
    let named = metric;
    if (this.#peek() === '{') {
      this.#at += 1;
      while (this.#at < this.#text.length && this.#peek() !== '}') {
        if (isQuote(this.#peek())) {
          const text = this.#string();
          if (labels.at(-1) === '__name__') named = text;
        } else if (NAME_START.test(this.#peek())) labels.push(this.#name());
        else this.#at += 1;
      }
      this.#at += 1;
    }
    if (named) this.found.push({ metric: named, labels });
  }

  #string(): string {
    const quote = this.#peek();
    const start = this.#at + 1;
    this.#at += 1;
    while (this.#at < this.#text.length && this.#peek() !== quote) {
      this.#at += this.#peek() === '\\' && quote !== '`' ? 2 : 1;
    }
    const text = this.#text.slice(start, this.#at);
    this.#at += 1;
    return text;
  }

  #until(end: string): void {
    const found = this.#text.indexOf(end, this.#at);
    this.#at = found < 0 ? this.#text.length : found + 1;
  }

  #spaces(): void {
    while (SPACE.test(this.#peek())) this.#at += 1;
  }
}

/** The metrics that an expression selects, in its order; of anything else nothing. */
export function metricSelectors(expression: string): MetricSelector[] {
  const scanner = new Scanner(expression);
  scanner.scan();
  return scanner.found;
}

function isQuote(character: string): boolean {
  return character === '"' || character === "'" || character === '`';
}
