import { useEffect, useRef } from 'react';

/**
 * Leaves the news of an applied override once that override has been seen and
 * is there no more: reverted, ended, or replaced.
 *
 * @param appliedUid uid of the applied override; undefined while none is told of
 * @param presentUid uid of the override that the workload has now
 */
export function useLeaveWhenGone(
  appliedUid: string | undefined,
  presentUid: string | undefined,
  leave: () => void,
): void {
  const seen = useRef<string>();
  useEffect(() => {
    if (appliedUid !== undefined && appliedUid === presentUid) {
      seen.current = appliedUid;
    } else if (appliedUid !== undefined && appliedUid === seen.current) {
      leave();
    }
  }, [appliedUid, presentUid, leave]);
}
