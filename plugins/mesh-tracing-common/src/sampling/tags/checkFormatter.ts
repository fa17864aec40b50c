import { headerProblem, type HeaderRules } from './deniedHeaders';
import {
  type FormatterOperator,
  HEADER_OPERATORS,
  headersOfOperator,
  parseFormatter,
  PLAIN_OPERATORS,
} from './parseFormatter';

const MAX_FORMAT_LENGTH = 1024;
const HEADER_NAME = /^:?[!#$&'*+.^_`|~0-9A-Za-z-]+$/;

/**
 * Why a formatter tag is refused, or undefined when it is harmless: it parses,
 * uses operators that every supported proxy has, and reads no denied header,
 * neither of the request nor of the response.
 */
export function checkFormatter(
  format: string,
  rules: HeaderRules,
): string | undefined {
  if (format.trim() === '') {
    return 'it is empty';
  }
  if (format.length > MAX_FORMAT_LENGTH) {
    return `it is longer than ${MAX_FORMAT_LENGTH} characters`;
  }
  const parsed = parseFormatter(format);
  if (!parsed.ok) {
    return parsed.error;
  }
  for (const operator of parsed.operators) {
    const problem = checkOperator(operator, rules);
    if (problem) {
      return problem;
    }
  }
  return undefined;
}

function checkOperator(
  operator: FormatterOperator,
  rules: HeaderRules,
): string | undefined {
  if (HEADER_OPERATORS.has(operator.name)) {
    const headers = headersOfOperator(operator);
    if (headers.length > 2 || !headers.every(name => HEADER_NAME.test(name))) {
      return `%${operator.name}()% needs one header name, or two with ? between them`;
    }
    return headers
      .map(name => headerProblem(name, rules))
      .find(problem => problem !== undefined);
  }
  if (!PLAIN_OPERATORS.has(operator.name)) {
    return `operator %${operator.name}% is not allowed in a tag`;
  }
  return operator.argument === undefined
    ? undefined
    : `operator %${operator.name}% takes no argument`;
}
