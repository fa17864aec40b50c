import type { DocumentContext } from '../DocumentContext';

const SPEAKS = /propagat/i;
/** Fields that do say which trace headers a proxy reads or writes. */
const SETTINGS = /trace_?context_?option|disable_?context_?propagation/i;

/**
 * Names and comments that speak of propagation where no field has to do with it, as
 * many tutorials have it.
 */
export function propagationFinding({
  text,
  findings,
  lineOf,
}: Pick<DocumentContext, 'text' | 'findings' | 'lineOf'>): void {
  if (findings.has('no-propagation-setting')) return;
  if (SPEAKS.test(text) && !SETTINGS.test(text)) {
    findings.add(
      'no-propagation-setting',
      'It speaks of propagation, and sets nothing of it.',
      { line: lineOf([]) },
    );
  }
}
