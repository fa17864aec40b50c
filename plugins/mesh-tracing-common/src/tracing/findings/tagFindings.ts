import type { CustomTag } from '../../meshconfig';
import type { Resolution } from '../resolve/Resolution';
import { formatterProblem } from '../tags/formatterProblem';
import { reservedTagName } from '../tags/reservedTagName';
import { resourcesOf, type FindingList } from './FindingList';
import type { SideToCheck } from './SideToCheck';

/** Findings about the custom tags of one side. */
export function addTagFindings(
  list: FindingList,
  resolution: Resolution,
  checked: SideToCheck,
): void {
  const { side, listener } = checked;
  if (!listener.enabled.value) return;
  const { value, source } = listener.customTags;
  const resources = resourcesOf(source);
  for (const name of Object.keys(value)) {
    const tag = value[name];
    if (tag) addTag(list, resolution, { name, tag, resources, side });
  }
  if (listener.customTags.shadowed.length > 0) addReplaced(list, checked);
}

function addTag(
  list: FindingList,
  { context }: Resolution,
  checked: {
    name: string;
    tag: CustomTag;
    resources: string[];
    side: SideToCheck['side'];
  },
): void {
  const { name, tag, resources, side } = checked;
  const owner = reservedTagName(name);
  if (owner) {
    const what = `Custom tag ${name} has the name of a tag of ${owner}.`;
    list.add('tag-name-reserved', what, resources, side);
  }
  if (tag.formatter) {
    const problem = formatterProblem(tag.formatter.value ?? '');
    if (problem) {
      const what = `Custom tag ${name}: ${problem}.`;
      list.add('tag-formatter-malformed', what, resources, side);
    }
  } else if (tag.environment) {
    const { name: variable = '', defaultValue } = tag.environment;
    const known = context.proxy.environment;
    if (known && !defaultValue && !known.includes(variable)) {
      const what = `Custom tag ${name} reads ${variable}, which the proxy container does not have.`;
      list.add('tag-environment-missing', what, resources, side);
    }
  } else if (!tag.literal && !tag.header) {
    const what = `Custom tag ${name} has no kind, and Envoy refuses a listener with such a tag.`;
    list.add('tag-without-kind', what, resources, side);
  }
}

function addReplaced(list: FindingList, { side, listener }: SideToCheck): void {
  const { value, source, shadowed } = listener.customTags;
  const lost = new Set<string>();
  for (const layer of shadowed) {
    // A layer of the same source is the map in effect with the formatter tags
    // that an old proxy drops, which is another finding.
    if (layer.source === source) continue;
    for (const name of Object.keys(layer.value)) {
      if (!Object.hasOwn(value, name)) lost.add(name);
    }
  }
  if (lost.size === 0) return;
  const names = [...lost].sort();
  const shown = names.slice(0, 8).join(', ');
  const more = names.length > 8 ? ` and ${names.length - 8} more` : '';
  const what = `Inherited custom tags are lost, because maps of tags are not merged: ${shown}${more}.`;
  list.add('custom-tags-replaced', what, resourcesOf(source), side);
}
