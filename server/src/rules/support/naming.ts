import type { Catalog } from '../../catalog/catalog.ts';
import type { RoleEntry } from '../../catalog/entry.ts';
import type { FileFacts } from '../../driver/facts.ts';

/** How the words behind a prefix are written: `SetOptions`, `set_options`, `setoptions`. */
type WordForm = 'capitals' | 'underscores' | 'small';

/** A stem in the form that most of the siblings are written in. */
export function styledStem(
  stem: string,
  role: RoleEntry,
  siblings: readonly string[],
  catalog: Catalog,
  facts: FileFacts,
): string {
  const forms = siblings.flatMap((name) => {
    const roles = (facts.functions.get(name) ?? []).flatMap(
      (item) => catalog.roles.get(item.role ?? '') ?? [],
    );
    return roles.flatMap((of) => (of === role ? [] : (formOf(name, of.stem) ?? [])));
  });
  const count = (form: WordForm) => forms.filter((item) => item === form).length;
  const [best] = (['capitals', 'underscores', 'small'] as const).toSorted((a, b) => count(b) - count(a));
  return forms.length === 0 ? stem : write(stem, best ?? 'capitals');
}

const underscored = (stem: string): string => stem.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();

function write(stem: string, form: WordForm): string {
  if (form === 'underscores') return underscored(stem);
  return form === 'small' ? stem.toLowerCase() : stem;
}

/** The form in which a name ends with a stem; undefined when it does not, or when that says nothing. */
function formOf(name: string, stem: string): WordForm | undefined {
  if (name.endsWith(stem)) return 'capitals';
  const isOneWord = underscored(stem) === stem.toLowerCase();
  if (name.endsWith(underscored(stem)) && (!isOneWord || name.includes('_'))) return 'underscores';
  return name.endsWith(stem.toLowerCase()) ? 'small' : undefined;
}
