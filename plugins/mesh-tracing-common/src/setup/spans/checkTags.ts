import { isReservedTagName } from '../../tracing';
import { evidenceOf, type SetupFinding, type SetupMend } from '../SetupFinding';
import { setupFindingCatalog } from '../setupFindingCatalog';
import {
  MOST_DISTINCT,
  type SpanInspection,
  type TagCounts,
} from './SpanInspection';
import type { ValueShape } from './valueShape';

/** One or two may be a test, or a text that only looks so. */
export const LEAST_IDENTITIES = 3;
/** And so large a part of the tag's values. */
export const IDENTITY_SHARE = 0.01;
/** One number in ten passes a card's check by chance, so that most values must. */
export const CARD_SHARE = 0.5;
/** Fewer values are no burden to any index. */
export const MANY_VALUES = 100;
/** Of the spans that have the tag: with fewer, values come again. */
export const DISTINCT_SHARE = 0.5;
/** Of one kind at once; those that concern most spans. */
const MOST_FINDINGS = 5;

/** Such values are somebody's own, or let who has them act for somebody. */
const IDENTITIES: ReadonlyArray<readonly [ValueShape, string]> = [
  ['email', 'e-mail addresses'],
  ['token', 'signed tokens (JWT)'],
  ['card-number', 'payment card numbers'],
];

/**
 * Prefixes of OpenTelemetry's semantic conventions, of which the instrumentation
 * decides and not the team.
 */
const CONVENTIONS = [
  'http.',
  'url.',
  'net.',
  'network.',
  'server.',
  'client.',
  'rpc.',
  'db.',
  'messaging.',
  'thread.',
  'code.',
  'telemetry.',
  'process.',
  'host.',
  'k8s.',
  'service.',
  'user_agent.',
  'container.',
  'os.',
  'peer.',
  'internal.',
  'sampler.',
  'span.',
  'guid:',
];

/** What tags of real spans hold that they should not. @public */
export function checkTags({ tags }: SpanInspection): SetupFinding[] {
  const holding = tags.flatMap(tag => identityIn(tag) ?? []);
  const named = new Set(holding.map(({ tag }) => tag.key));
  return [
    ...holding.slice(0, MOST_FINDINGS).map(identityFinding),
    ...tags
      .filter(tag => !named.has(tag.key) && isOfHighCardinality(tag))
      .slice(0, MOST_FINDINGS)
      .map(cardinalityFinding),
  ];
}

interface Held {
  tag: TagCounts;
  shape: ValueShape;
  words: string;
  count: number;
}

function identityIn(tag: TagCounts): Held | undefined {
  for (const [shape, words] of IDENTITIES) {
    const count = tag.shapes[shape] ?? 0;
    const share = shape === 'card-number' ? CARD_SHARE : IDENTITY_SHARE;
    if (count >= LEAST_IDENTITIES && count >= share * tag.spanCount) {
      return { tag, shape, words, count };
    }
  }
  return undefined;
}

function isOfHighCardinality({ key, distinct, spanCount }: TagCounts): boolean {
  const isOthers =
    isReservedTagName(key) ||
    CONVENTIONS.some(prefix => key.startsWith(prefix));
  return (
    !isOthers &&
    distinct.length >= MANY_VALUES &&
    (distinct.length === MOST_DISTINCT ||
      distinct.length >= DISTINCT_SHARE * spanCount)
  );
}

function identityFinding({ tag, shape, words, count }: Held): SetupFinding {
  return {
    severity: 'warning',
    code: 'tag-holds-identities',
    what: `Tag ${tag.key} holds ${words} in ${count} of ${tag.spanCount} spans.`,
    whatToDo: setupFindingCatalog['tag-holds-identities'].whatToDo,
    evidence: evidenceOf(
      ['tag', tag.key, 'text'],
      ['shape', shape, 'text'],
      ['span-count', count, 'count'],
      ['share', (100 * count) / tag.spanCount, 'percent'],
    ),
    mends: [removal(tag.key)],
  };
}

function cardinalityFinding(tag: TagCounts): SetupFinding {
  const count = tag.distinct.length;
  const isCapped = count === MOST_DISTINCT;
  const isUuid = (tag.shapes.uuid ?? 0) >= DISTINCT_SHARE * tag.spanCount;
  return {
    severity: 'info',
    code: 'tag-of-high-cardinality',
    what: `Tag ${tag.key} has ${count}${
      isCapped ? ' or more' : ''
    } different values in ${tag.spanCount} spans${isUuid ? ', UUIDs' : ''}.`,
    whatToDo: setupFindingCatalog['tag-of-high-cardinality'].whatToDo,
    evidence: evidenceOf(
      ['tag', tag.key, 'text'],
      ['distinct-values', count, 'count'],
      ['span-count', tag.spanCount, 'count'],
      ['shape', isUuid ? 'uuid' : undefined, 'text'],
    ),
    mends: [removal(tag.key)],
  };
}

/** For the collector, where the tag is deleted before anything is stored. */
function removal(key: string): SetupMend {
  return {
    kind: 'yaml',
    title: 'Delete the tag in the OpenTelemetry collector',
    text: [
      'processors:',
      '  attributes/forget:',
      '    actions:',
      `      - key: ${JSON.stringify(key)}`,
      '        action: delete',
      '# Name attributes/forget among the processors of the traces pipeline.',
      '',
    ].join('\n'),
  };
}
