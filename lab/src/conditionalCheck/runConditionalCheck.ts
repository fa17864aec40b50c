import { CheckList } from '../checks/CheckList';
import { withAdministeredLab } from '../checks/withAdministeredLab';
import { ForcedMesh } from './ForcedMesh';
import { checkMark, type MarkCase } from './markChecks';
import { ProductView } from './ProductView';
import { checkRecipes } from './recipeChecks';

/** How a check of forced and conditional tracing runs. */
export interface ConditionalCheckOptions {
  /** Name of the private lab. */
  lab: string;
  signal: AbortSignal;
  print: (line: string) => void;
}

const BY_HEADER: MarkCase = {
  mark: { header: 'x-trace-me' },
  marked: { 'x-trace-me': 'anything' },
  others: [{}, { 'x-trace': 'yes' }],
};

/** With every kind of character that a value may have. */
const USER = 'Olivia_O.+test@example.com:a/b=c~d-9';

const BY_USER: MarkCase = {
  mark: { header: 'x-user', value: USER },
  marked: { 'x-user': USER },
  others: [
    {},
    { 'x-user': 'max' },
    { 'x-user': `${USER}9` },
    { 'x-user': USER.toLowerCase() },
  ],
};

async function runAll(
  checks: CheckList,
  mesh: ForcedMesh,
  view: ProductView,
  signal: AbortSignal,
): Promise<void> {
  await checks.check('a Zipkin provider stands beside the other', () =>
    mesh.addZipkin(),
  );
  for (const provider of ['zipkin', 'jaeger'] as const) {
    signal.throwIfAborted();
    await checkRecipes(checks, { mesh, view }, provider);
  }
  const cases = [
    ['jaeger', 'gateway', BY_HEADER],
    ['jaeger', 'gateway', BY_USER],
    ['jaeger', 'service', BY_HEADER],
    ['jaeger', 'service', BY_USER],
    ['zipkin', 'gateway', BY_USER],
    ['zipkin', 'service', BY_HEADER],
  ] as const;
  for (const [provider, kind, markCase] of cases) {
    signal.throwIfAborted();
    await checkMark({ checks, mesh, view, provider, kind, markCase });
  }
}

/**
 * Has a real mesh trace single requests by the product's recipes, and marked ones by
 * the configuration that it generates, at percentages that trace next to nothing.
 * Starts a lab of its own and stops it.
 *
 * @returns true when every check passed
 */
export async function runConditionalCheck(
  options: ConditionalCheckOptions,
): Promise<boolean> {
  const { lab: name, signal, print } = options;
  const checks = CheckList.create(print);
  await withAdministeredLab({ name, signal }, async ({ admin, endpoints }) => {
    const view = await ProductView.start(endpoints);
    try {
      await runAll(checks, ForcedMesh.create(admin, endpoints), view, signal);
    } finally {
      await view.stop();
    }
  });
  return checks.finish();
}
