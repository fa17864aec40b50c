/** Words of a Telemetry's name that say that errors are meant. */
const MEANS_ERRORS =
  /(?:^|[-.])(?:errors?|failures?|failed|exceptions?|5xx)(?:[-.]|$)/;

/** Whether the name of a Telemetry says that requests which fail are meant. */
export function meansErrors(name: string): boolean {
  return MEANS_ERRORS.test(name);
}
