import {
  alertApiRef,
  toastApiRef,
  useApiHolder,
} from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';

/** How long a success is told, milliseconds; failures stay until dismissed. */
const DONE_MS = 5_000;

/** Something that happened, to be said in passing. */
export interface Notice {
  title: string;
  description?: string;
  status: 'success' | 'danger';
}

/** Shows notices: as toasts, or as alerts where an app has no toasts. */
export function useNotify(): (notice: Notice) => void {
  const apis = useApiHolder();
  return useCallback(
    ({ title, description, status }: Notice) => {
      const isDone = status === 'success';
      const toastApi = apis.get(toastApiRef);
      if (toastApi) {
        toastApi.post({
          title,
          description,
          status,
          ...(isDone && { timeout: DONE_MS }),
        });
        return;
      }
      apis.get(alertApiRef)?.post({
        message: [title, description].filter(Boolean).join(': '),
        severity: isDone ? 'success' : 'error',
        display: isDone ? 'transient' : 'permanent',
      });
    },
    [apis],
  );
}
