import { ANNOTATION_ERROR_OBJECTIVE } from '../../shared/annotations';

const WRITTEN = /^(\d{1,3}(?:\.\d{1,6})?)\s{0,3}%?$/;

/**
 * The share of failing requests, percent, that a team wants to notice, as its entity
 * says; undefined where it says nothing, or nothing that is above 0 and at most 100.
 * @public
 */
export function errorObjectiveOf(
  annotations: Readonly<Record<string, string>> | undefined,
): number | undefined {
  const text = annotations?.[ANNOTATION_ERROR_OBJECTIVE]?.trim() ?? '';
  const percent = Number(WRITTEN.exec(text)?.[1]);
  return percent > 0 && percent <= 100 ? percent : undefined;
}
