import SCAFFOLDS from './scaffolds.json';

/** The text of a whole driver, with tab stops where its author chooses. */
export interface Scaffold {
  /** Minor versions that it serves, the usual one first; empty when there are none. */
  readonly minors: readonly number[];
  readonly body: readonly string[];
}

/** A tab stop with what it offers: `${1:My}`, `${2|30,20|}`. */
const STOP = /(?<!\\)\$\{(\d+)(?:([:|])((?:\\.|[^\\}])*))?\}/g;
const VERSION_STOP = '2';

/** The scaffolds of a kind. They are those of the snippets: `npm run generate` writes both. */
export function scaffoldsOf(kind: string): Scaffold[] {
  const all: Readonly<Record<string, readonly string[]>> = SCAFFOLDS;
  return Object.entries(all)
    .filter(([prefix]) => prefix === kind || prefix.replace(/-\d+$/, '') === kind)
    .map(([, body]) => {
      const choice = [...body.join('\n').matchAll(STOP)].find(
        ([, stop, how]) => stop === VERSION_STOP && how === '|',
      );
      const offers = (choice?.[3] ?? '').replace(/\|$/, '').split(',');
      return { minors: offers.every((offer) => /^\d+$/.test(offer)) ? offers.map(Number) : [], body };
    });
}

export interface ScaffoldValues {
  /** Prefix of the functions, and the name of the service. */
  readonly name: string;
  /** Undefined: the usual one. */
  readonly minor: number | undefined;
  readonly guid: string;
}

/** The scaffold with its tab stops filled in: C source. */
export function fillScaffold({ body }: Scaffold, { name, minor, guid }: ScaffoldValues): string {
  const text = body.join('\n');
  const values = new Map<string, string>();
  for (const [, stop = '', how, content = ''] of text.matchAll(STOP)) {
    if (how === '|') {
      const [first = ''] = content.replace(/\|$/, '').split(',');
      values.set(stop, minor !== undefined && /^\d+$/.test(first) ? String(minor) : first);
    } else if (how === ':') values.set(stop, content.includes('$UUID') ? guid : name);
  }
  return text
    .replace(STOP, (_, stop: string) => values.get(stop) ?? '')
    .replace(/(?<!\\)\$\d+/g, '')
    .replace(/\\([\\$}])/g, '$1');
}
