import { type MapHandler, type MapNode, nodesOf, type RegistrationMap, registrationsOf } from './model.ts';
import { placeText } from './places.ts';
import { stepsText, RESULT, placesText, WHEN } from './words.ts';

/** Labels are quoted, and what Mermaid would read as markup is written as an entity. */
const quote = (lines: readonly string[]): string =>
  `"${lines
    .map((line) =>
      line
        .replaceAll('#', '#35;')
        .replaceAll('"', '#quot;')
        .replaceAll('&', '#amp;')
        .replaceAll('<', '#lt;')
        .replaceAll('>', '#gt;')
        .replaceAll('`', '#96;'),
    )
    .join('<br/>')}"`;

/** The map as a Mermaid flowchart, for documents that draw such. */
export function mapAsMermaid(map: RegistrationMap): string {
  const names = new Map([...nodesOf(map.roots)].map((node, index) => [node.id, `n${index + 1}`]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  const numbers = new Map(registrationsOf(map).map(({ number, id }) => [number, id]));
  const lines: string[] = [];
  const edges: string[] = [];
  const classes = new Map<string, string[]>();
  const add = (node: MapNode, label: readonly string[], open = '[', close = ']'): void => {
    lines.push(`  ${nameOf(node.id)}${open}${quote(label)}${close}`);
    const isLeft = node.kind === 'registration' && node.undone === 'left';
    const state = isLeft ? 'left' : node.state;
    if (state !== 'good' && state !== 'none')
      classes.set(state, [...(classes.get(state) ?? []), nameOf(node.id)]);
  };
  const handlers = (parent: string, list: readonly MapHandler[]): void => {
    for (const one of list) {
      const value = one.state === 'missing' ? `missing, ${one.note ?? 'required'}` : (one.value ?? '');
      const note = one.state === 'unknown' && one.note !== undefined ? [one.note] : [];
      const irql = one.irql === undefined ? [] : [one.irql];
      add(one, [one.member, value, ...note, ...irql]);
      edges.push(`  ${nameOf(parent)} --> ${nameOf(one.id)}`);
    }
  };
  for (const root of map.roots) {
    add(
      root,
      [
        `${WHEN[root.when]}: ${root.name}`,
        ...(root.slot === undefined ? [] : [root.slot]),
        ...(root.place ? [placeText(root.place)] : []),
      ],
      '([',
      '])',
    );
    if (root.slots) {
      add(root.slots, [root.slots.name]);
      edges.push(`  ${nameOf(root.id)} --> ${nameOf(root.slots.id)}`);
      handlers(root.slots.id, root.slots.handlers);
    }
    for (const one of root.registrations) {
      add(one, [
        `${one.number} ${one.noun}${one.version === undefined ? '' : `, ${one.version}`}`,
        one.call,
        ...(one.place ? [placeText(one.place)] : []),
      ]);
      edges.push(`  ${nameOf(root.id)} -->|registers| ${nameOf(one.id)}`);
      handlers(one.id, one.handlers);
    }
    for (const one of root.associations) {
      add(one, [
        one.call,
        ...(one.registrations.length === 0 ? [] : [`joins ${one.registrations.join(' and ')}`]),
      ]);
      edges.push(`  ${nameOf(root.id)} --> ${nameOf(one.id)}`);
    }
    for (const one of root.undos.filter(({ isInWay }) => !isInWay)) {
      add(
        one,
        [
          one.call,
          ...(one.note === undefined ? [] : [one.note]),
          ...(one.place ? [placeText(one.place)] : []),
        ],
        '>',
        ']',
      );
      edges.push(`  ${nameOf(root.id)} --> ${nameOf(one.id)}`);
    }
    for (const one of root.ways) {
      add(one, [RESULT[one.result], stepsText(one), placesText(one)], '{{', '}}');
      edges.push(`  ${nameOf(root.id)} -.-> ${nameOf(one.id)}`);
      for (const { registration, what } of one.steps) {
        const undone = numbers.get(registration);
        if (what === 'undone' && undone !== undefined)
          edges.push(`  ${nameOf(one.id)} -.->|undoes| ${nameOf(undone)}`);
      }
    }
  }
  for (const { kind, from, to } of map.edges) {
    if (kind === 'undone-by' && names.has(to)) edges.push(`  ${nameOf(to)} -.->|undoes| ${nameOf(from)}`);
    if (kind === 'joins') edges.push(`  ${nameOf(from)} --- ${nameOf(to)}`);
  }
  const styles = [
    ['missing', 'stroke:#c62828,stroke-width:2px,color:#c62828'],
    ['left', 'stroke:#c62828,stroke-width:2px,color:#c62828'],
    ['unknown', 'stroke-dasharray:4 3'],
  ].flatMap(([name = '', style = '']) => {
    const list = classes.get(name);
    return list ? [`  classDef ${name} ${style}`, `  class ${list.join(',')} ${name}`] : [];
  });
  return `${['flowchart LR', ...lines, ...edges, ...styles].join('\n')}\n`;
}
