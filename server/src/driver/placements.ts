import type { Catalog } from '../catalog/catalog.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import type { FunctionIndex, PlacementFact } from './facts.ts';

/** Functions that a pragma puts into a code section. */
export function placementsOf(
  source: SourceFile,
  functions: FunctionIndex,
  catalog: Catalog,
): PlacementFact[] {
  const { sections } = catalog.idioms;
  const kindOf = (section: string): PlacementFact['kind'] => {
    const name = section.toUpperCase();
    if (sections.discardable.includes(name)) return 'discardable';
    return sections.pageable.some((known) => name.startsWith(known)) ? 'pageable' : 'other';
  };
  const result: PlacementFact[] = [];
  for (const pragma of source.directives.pragmas) {
    if (!source.branches.liveAt(pragma.range.start)) continue;
    const text = source.text.slice(pragma.range.start, pragma.range.end);
    const placed = /\balloc_text\s*\(\s*"?(\w+)"?\s*,([^()]*)\)/.exec(text);
    if (placed?.[1] && placed[2] !== undefined) {
      const [, section, names] = placed;
      const at = pragma.range.start + placed.index + placed[0].indexOf(section);
      for (const name of names.split(',').map((item) => item.trim())) {
        if (name === '') continue;
        result.push({
          function: name,
          section,
          kind: kindOf(section),
          range: pragma.range,
          sectionRange: { start: at, end: at + section.length },
        });
      }
      continue;
    }
    const single = /#\s*pragma\s+(\w+)\s*\(\s*(\w+)\s*\)/.exec(text);
    if (single?.[1] && single[2] && sections.discardablePragmas.includes(single[1])) {
      const at = pragma.range.start + single.index + single[0].indexOf(single[1]);
      result.push({
        function: single[2],
        section: sections.discardable[0] ?? single[1],
        kind: 'discardable',
        range: pragma.range,
        sectionRange: { start: at, end: at + single[1].length },
      });
    }
  }
  for (const declarations of functions.values()) {
    for (const declaration of declarations) {
      for (const annotation of declaration.annotations) {
        const section = /code_seg\s*\(\s*"(\w+)"\s*\)/.exec(annotation)?.[1];
        if (section === undefined) continue;
        result.push({
          function: declaration.name,
          section,
          kind: kindOf(section),
          range: declaration.nameRange,
          sectionRange: declaration.nameRange,
        });
      }
    }
  }
  return result;
}
