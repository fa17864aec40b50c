import type { SearchPlan } from './SearchPlan';

/**
 * Whether a plan only finds out if filters are why the one before it found nothing:
 * it looks at one page, as the store may be right, and the window long.
 */
export function isTrial({
  reason,
  suspected,
}: Pick<SearchPlan, 'reason' | 'suspected'>): boolean {
  return suspected.length > 0 && reason !== 'filters-useless';
}
