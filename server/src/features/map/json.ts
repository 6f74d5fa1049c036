import { childrenOf, type MapNode, type MapPlace, type RegistrationMap } from './model.ts';

/**
 * The map for other programs: the model as it is, with places as in the findings of `check --format json`. Its shape is
 * described in docs/map.md.
 */
export function mapAsJson(map: RegistrationMap, pathOf: (uri: string) => string): object {
  const place = ({ uri, range }: MapPlace): object => ({ file: pathOf(uri), range });
  const node = (one: MapNode): object => {
    const { covers: _covers, ...rest } = one;
    return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, convert(value as unknown)]));
  };
  const convert = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(convert);
    if (typeof value !== 'object' || value === null) return value;
    if ('uri' in value && 'range' in value) return place(value as unknown as MapPlace);
    if ('kind' in value && 'covers' in value) return node(value as unknown as MapNode);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, convert(item as unknown)]));
  };
  return { driver: map.driver, roots: map.roots.map(node), edges: map.edges };
}

/** How many nodes there are, for summaries. */
export const countOf = (nodes: readonly MapNode[]): number =>
  nodes.reduce((sum, one) => sum + 1 + countOf(childrenOf(one)), 0);
