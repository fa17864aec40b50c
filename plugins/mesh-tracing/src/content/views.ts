/** The views of the tab, in the order of their links. */
export const VIEWS = [
  'overview',
  'traces',
  'latency',
  'dependencies',
  'sampling',
  'diagnosis',
] as const;

/** Name of a view, as the URL has it. */
export type View = (typeof VIEWS)[number];

/** The view that a URL asks for. */
export function viewOf(parameters: URLSearchParams): View {
  return VIEWS.find(view => view === parameters.get('view')) ?? 'overview';
}
