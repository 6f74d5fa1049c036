import { type Catalog, pageUrl } from '../../catalog/catalog.ts';
import type { BuildMacroEntry, ConstantEntry, StatusEntry, VersionEntry } from '../../catalog/entry.ts';
import {
  blocks,
  bullets,
  code,
  codes,
  fact,
  footer,
  heading,
  listed,
  type Page,
  prose,
  section,
  table,
} from './build.ts';

const CONSTANT_KIND: Readonly<Record<ConstantEntry['kind'], string>> = {
  flag: 'flag',
  objectType: 'object type',
  revision: 'revision',
  size: 'size',
  version: 'version macro of the header',
  value: 'constant',
};

/** A flag, object type, revision, size or other constant. */
export function constantPage(entry: ConstantEntry, catalog: Catalog): Page {
  const kind = CONSTANT_KIND[entry.kind];
  return {
    title: entry.name,
    kind,
    url: pageUrl(entry.page),
    markdown: blocks(
      heading(entry.name, [kind, entry.value && code(entry.value)].filter(Boolean).join(' ')),
      prose(entry.summary, catalog),
      bullets([fact('Belongs to', entry.of && code(entry.of)), ...revisionFacts(entry, catalog)]),
      footer(entry.page, entry.since),
    ),
  };
}

/** For a revision or size constant: what it goes with, and from which version on. */
function revisionFacts({ name, kind }: ConstantEntry, catalog: Catalog): (string | undefined)[] {
  if (kind !== 'revision' && kind !== 'size') return [];
  for (const structure of catalog.structures.values()) {
    const found = structure.objectHeader?.revisions.find(
      (item) => item.constant === name || item.size === name,
    );
    if (!found) continue;
    return [
      fact('Goes with', code(found.constant === name ? found.size : found.constant)),
      fact('From', versionLabel(found.since, catalog)),
    ];
  }
  return [];
}

const versionLabel = (version: string, catalog: Catalog): string => {
  const os = catalog.versions.find((item) => item.version === version)?.os;
  return `version ${version}${os ? ` (${os})` : ''}`;
};

/** Signed value, as debuggers and logs print it. */
const signed = (value: string): number => Number(value) | 0;

/** How many different causes are listed before the rest is summed up. */
const MOST_CAUSES = 8;

/** A status code, with every call that returns it and the likely reason. */
export function statusPage(entry: StatusEntry, catalog: Catalog): Page {
  const [macro] = catalog.idioms.successMacros;
  return {
    title: entry.name,
    kind: 'status',
    url: pageUrl(entry.page),
    markdown: blocks(
      heading(
        entry.name,
        `status ${code(entry.value)}${signed(entry.value) < 0 ? ` (${signed(entry.value)})` : ''}`,
      ),
      prose(entry.meaning, catalog),
      bullets([
        macro && `${code(macro)} takes it for ${entry.ntSuccess ? 'success' : 'a failure'}.`,
        fact('Same value', listed((entry.sameAs ?? []).filter((name) => name !== entry.name).map(code))),
        ...(entry.notes ?? []).map((note) => prose(note, catalog)),
      ]),
      returnedBy(entry, catalog),
      footer(entry.page),
    ),
  };
}

/** Calls that return the status; those with the same explanation share a line. */
function returnedBy(entry: StatusEntry, catalog: Catalog): string | undefined {
  const names = new Set([entry.name, ...(entry.sameAs ?? [])]);
  const causes = new Map<string, string[]>();
  for (const call of catalog.calls.values()) {
    for (const item of call.returns.codes ?? []) {
      if (!names.has(item.status)) continue;
      const text = `${prose(item.meaning, catalog)}${item.cause ? ` Likely cause: ${prose(item.cause, catalog)}` : ''}`;
      causes.set(text, [...(causes.get(text) ?? []), call.name]);
    }
  }
  if (Number(entry.value) === 0) {
    const calls = [...causes.values()].flat();
    return calls.length > 0 ? `Returned by ${codes(calls)}.` : undefined;
  }
  const lines = [...causes].map(([text, calls]) => `${codes(calls)}: ${text}`);
  const rest = lines.length - MOST_CAUSES;
  return section('Returned by', [...lines.slice(0, MOST_CAUSES), rest > 0 ? `and ${rest} more.` : undefined]);
}

/** A macro of the build, or one that belongs to a header. */
export function macroPage(entry: BuildMacroEntry, catalog: Catalog): Page {
  const versions = catalog.versions.filter((version) => Object.values(version.macros).includes(entry.name));
  return {
    title: entry.name,
    kind: 'build macro',
    url: pageUrl(entry.page),
    markdown: blocks(
      heading(entry.name, entry.owner === 'build' ? 'macro for the build to define' : 'macro of a header'),
      prose(entry.summary, catalog),
      bullets([
        entry.wrong && WRONG[entry.wrong],
        fact('Define instead', entry.insteadDefine && code(entry.insteadDefine)),
        fact('Allowed', entry.allowedValues && listed(entry.allowedValues.map(code), 'or')),
      ]),
      table(
        ['Version', 'Header revision', 'System'],
        versions.map((version) => [version.version, revisionsFor(version, entry.name), version.os]),
      ),
      footer(entry.page),
    ),
  };
}

const WRONG: Readonly<Record<NonNullable<BuildMacroEntry['wrong']>, string>> = {
  headerOwned: 'The header defines it: driver code only reads it.',
  notAMacro: 'No header looks at it; some texts name it by mistake.',
  unsupported: 'No current kit supports it.',
};

/** Header revision that the kinds of driver need which build with this macro. */
function revisionsFor(version: VersionEntry, macro: string): string {
  const kinds = Object.entries(version.macros).filter(([, name]) => name === macro);
  const revisions = new Set(kinds.map(([kind]) => version.revisions[kind]));
  if (revisions.size === 1) return String([...revisions][0] ?? '');
  return kinds.map(([kind]) => `${version.revisions[kind]} (${kind})`).join(', ');
}

/** A version that a driver registers for. Undefined when nothing documents it. */
export function versionPage(version: VersionEntry, catalog: Catalog): Page | undefined {
  const pages = Object.values(version.macros).flatMap((macro) => catalog.macros.get(macro)?.page ?? []);
  const page = pages[0] ?? [...catalog.structures.values()].find((structure) => structure.version)?.page;
  if (page === undefined) return undefined;
  const kinds = Object.keys(version.revisions);
  return {
    title: `Version ${version.version}`,
    kind: 'version',
    url: pageUrl(page),
    markdown: blocks(
      heading(`Version ${version.version}`, `${version.os}, ${code(version.ntddi)}`),
      `The version members hold ${code(String(version.major))} and ${code(String(version.minor))}.`,
      table(
        ['Driver', 'Build macro', 'Header revision'],
        kinds.map((kind) => [
          kind,
          code(version.macros[kind] ?? ''),
          revisionCell(kind, version.revisions[kind] ?? 0, catalog),
        ]),
      ),
      footer(page),
    ),
  };
}

function revisionCell(kind: string, revision: number, catalog: Catalog): string {
  const structure = [...catalog.structures.values()].find((item) => item.version?.kind === kind);
  const constant = structure?.objectHeader?.revisions.find((item) => item.revision === revision)?.constant;
  return constant ? `${revision}: \`${constant}\`` : String(revision);
}
