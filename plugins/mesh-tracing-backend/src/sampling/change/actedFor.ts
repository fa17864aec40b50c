import type { WriteAccess } from '../../access';
import type { ChangeRecord } from '../store/SamplingStore';

/** For whom a change is made, where that is not who makes it. */
export function actedFor(
  access: WriteAccess,
): Pick<ChangeRecord, 'onBehalfOf'> {
  return access.allowed && access.onBehalfOf
    ? { onBehalfOf: access.onBehalfOf }
    : {};
}
