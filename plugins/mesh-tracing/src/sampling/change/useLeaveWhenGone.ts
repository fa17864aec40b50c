import { useEffect, useRef } from 'react';

/**
 * Calls `leave` once an applied override has been seen in force and is in force no
 * more: reverted, ended, or replaced. Before the cluster's watch has seen it, its
 * absence says nothing.
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
