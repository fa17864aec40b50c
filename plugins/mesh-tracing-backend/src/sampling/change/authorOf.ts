import type { WriteContext } from '../../access';
import type { ChangeRecord } from '../store/SamplingStore';

/** For whom a change is made, where that is not who makes it. */
export function actedFor({
  onBehalfOf,
}: WriteContext): Pick<ChangeRecord, 'onBehalfOf'> {
  return onBehalfOf ? { onBehalfOf } : {};
}
