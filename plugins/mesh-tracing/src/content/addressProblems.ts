import { parseTimeRange, RELATIVE_RANGES } from '../shared/address/timeRange';
import { VIEWS } from './views';

/** A part of the address that means nothing, with what it says. */
export type AddressProblem =
  | { parameter: 'range' | 'view'; value: string }
  | { parameter: 'window'; from: string; to: string };

/**
 * What the address asks for and does not get: a mistyped or outdated link must
 * not pass for an answer to what it asked.
 */
export function addressProblems(parameters: URLSearchParams): AddressProblem[] {
  const problems: AddressProblem[] = [];
  const range = parameters.get('range');
  if (range !== null && !Object.hasOwn(RELATIVE_RANGES, range)) {
    problems.push({ parameter: 'range', value: range });
  }
  const from = parameters.get('from');
  const to = parameters.get('to');
  const isFixed = parseTimeRange(parameters).kind === 'fixed';
  if (!isFixed && (from !== null || to !== null)) {
    problems.push({ parameter: 'window', from: from ?? '', to: to ?? '' });
  }
  const view = parameters.get('view');
  if (view !== null && !VIEWS.some(known => known === view)) {
    problems.push({ parameter: 'view', value: view });
  }
  return problems;
}
