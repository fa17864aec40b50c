import type { Random } from '../../checks/Random';

type Container = Record<string, unknown> | unknown[];

/** Values that a field never or seldom has, or that only other fields have. */
const STRANGE: readonly unknown[] = [
  null,
  null,
  '',
  'x',
  '*',
  'a'.repeat(64),
  -1,
  0,
  100.5,
  1e9,
  true,
  {},
  [],
  [null],
  { value: 'x' },
  { name: '' },
  { unknown: 1 },
];

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}

/** Every object and list in a value, itself included. */
function containers(value: unknown): Container[] {
  return isContainer(value)
    ? [value, ...Object.values(value).flatMap(containers)]
    : [];
}

function change(random: Random, container: Container): void {
  const strange = structuredClone(random.pick(STRANGE));
  if (Array.isArray(container)) {
    if (container.length === 0 || random.chance(0.3)) container.push(strange);
    else container[random.between(0, container.length - 1)] = strange;
    return;
  }
  const keys = Object.keys(container);
  if (keys.length === 0 || random.chance(0.2)) {
    container[random.pick(['name', 'value', 'literal', 'a', ''])] = strange;
  } else if (random.chance(0.2)) {
    delete container[random.pick(keys)];
  } else {
    container[random.pick(keys)] = strange;
  }
}

/** A copy of a spec with one or two fields that are not as they should be. */
export function mutateSpec(random: Random, spec: object): object {
  const copy = structuredClone(spec);
  for (let count = random.between(1, 2); count > 0; count--) {
    change(random, random.pick(containers(copy)));
  }
  return copy;
}
