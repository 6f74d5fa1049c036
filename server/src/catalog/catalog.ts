import type {
  BuildMacroEntry,
  CallEntry,
  CatalogFile,
  ConstantEntry,
  DriverKindEntry,
  EntryPointEntry,
  Idioms,
  InfSettingEntry,
  MaskWords,
  MemberEntry,
  ModelEntry,
  ObjectEntry,
  ReplacedEntry,
  RoleEntry,
  StatusEntry,
  StructureEntry,
  ValueRule,
  VersionEntry,
} from './entry.ts';

/** What the build writes to `catalog.json`: every data file, and the two files about C itself. */
export interface CatalogBundle {
  readonly files: readonly (CatalogFile & { readonly path?: string })[];
  readonly idioms: Idioms;
  readonly words: MaskWords;
}

/** Everything the catalogue knows under one name. */
export type NamedEntry =
  | { readonly kind: 'call'; readonly entry: CallEntry }
  | { readonly kind: 'structure'; readonly entry: StructureEntry }
  | { readonly kind: 'role'; readonly entry: RoleEntry }
  | { readonly kind: 'constant'; readonly entry: ConstantEntry }
  | { readonly kind: 'status'; readonly entry: StatusEntry }
  | { readonly kind: 'macro'; readonly entry: BuildMacroEntry }
  | { readonly kind: 'entryPoint'; readonly entry: EntryPointEntry }
  | { readonly kind: 'replaced'; readonly entry: ReplacedEntry }
  | { readonly kind: 'model'; readonly entry: ModelEntry };

/** Lookups over the catalogue data. Immutable once built. */
export interface Catalog {
  readonly calls: ReadonlyMap<string, CallEntry>;
  /** By name, tag and pointer type. */
  readonly structures: ReadonlyMap<string, StructureEntry>;
  readonly roles: ReadonlyMap<string, RoleEntry>;
  /** Role by pointer typedef (`MINIPORT_PAUSE_HANDLER`). */
  readonly rolesByPointer: ReadonlyMap<string, RoleEntry>;
  /** Role by readable title (`MiniportPause`). */
  readonly rolesByTitle: ReadonlyMap<string, RoleEntry>;
  readonly constants: ReadonlyMap<string, ConstantEntry>;
  readonly statuses: ReadonlyMap<string, StatusEntry>;
  readonly macros: ReadonlyMap<string, BuildMacroEntry>;
  readonly models: ReadonlyMap<string, ModelEntry>;
  readonly versions: readonly VersionEntry[];
  /** By name and pointer type. */
  readonly objects: ReadonlyMap<string, ObjectEntry>;
  readonly entryPoints: ReadonlyMap<string, EntryPointEntry>;
  readonly replaced: ReadonlyMap<string, ReplacedEntry>;
  /** By name in lower case. */
  readonly infSettings: ReadonlyMap<string, InfSettingEntry>;
  readonly driverKinds: ReadonlyMap<string, DriverKindEntry>;
  /** Members by bare name, with their structures. */
  readonly members: ReadonlyMap<
    string,
    readonly { readonly structure: StructureEntry; readonly member: MemberEntry }[]
  >;
  /** Functions that some condition asks about, though they have no entry of their own. */
  readonly watchedCalls: ReadonlySet<string>;
  readonly idioms: Idioms;
  readonly words: MaskWords;
  /** What stands behind a name; several when a name is, say, a status and a constant. */
  readonly lookup: (name: string) => readonly NamedEntry[];
  /** Names whose presence makes a file worth parsing. */
  readonly triggers: ReadonlySet<string>;
}

const DOCS = 'https://learn.microsoft.com/windows-hardware/drivers/';

/** Everything that a member's value must be. */
export const valueRules = (member: MemberEntry): readonly ValueRule[] => [
  ...(member.value ? [member.value] : []),
  ...(member.values ?? []),
];

/** Address of an entry's documentation page. */
export const pageUrl = (page: string): string => DOCS + page;

/** Joins all data files. Later duplicates of a name are ignored here; a test forbids them. */
export function buildCatalog(bundle: CatalogBundle): Catalog {
  const all = <T>(pick: (file: CatalogFile) => readonly T[] | undefined): readonly T[] =>
    bundle.files.flatMap((file) => pick(file) ?? []);
  const byKeys = <T>(entries: readonly T[], keys: (entry: T) => readonly (string | undefined)[]) => {
    const map = new Map<string, T>();
    for (const entry of entries) {
      for (const key of keys(entry)) if (key !== undefined && !map.has(key)) map.set(key, entry);
    }
    return map;
  };
  const calls = byKeys(
    all((file) => file.calls),
    (e) => [e.name],
  );
  const structures = byKeys(
    all((file) => file.structures),
    (e) => [e.name, e.tag, ...e.pointers],
  );
  const roleList = all((file) => file.roles);
  const roles = byKeys(roleList, (e) => [e.name]);
  const rolesByPointer = byKeys(roleList, (e) => [e.pointer]);
  const rolesByTitle = byKeys(roleList, (e) => [e.title]);
  const constants = byKeys(
    all((file) => file.constants),
    (e) => [e.name],
  );
  const statuses = byKeys(
    all((file) => file.statuses),
    (e) => [e.name, ...(e.sameAs ?? [])],
  );
  for (const status of all((file) => file.statuses)) statuses.set(status.name, status);
  const macros = byKeys(
    all((file) => file.macros),
    (e) => [e.name],
  );
  const models = byKeys(
    all((file) => file.models),
    (e) => [e.name],
  );
  const objects = byKeys(
    all((file) => file.objects),
    (e) => [e.name, e.tag, ...e.pointers],
  );
  const entryPoints = byKeys(
    all((file) => file.entryPoints),
    (e) => [e.function],
  );
  const replaced = byKeys(
    all((file) => file.replaced),
    (e) => [e.name],
  );
  const infSettings = byKeys(
    all((file) => file.infSettings),
    (e) => [e.name.toLowerCase()],
  );
  const driverKinds = byKeys(
    all((file) => file.driverKinds),
    (e) => [e.name],
  );

  const members = new Map<string, { structure: StructureEntry; member: MemberEntry }[]>();
  const watchedCalls = new Set<string>();
  for (const structure of new Set(structures.values())) {
    for (const member of structure.members) {
      const bare = member.name.slice(member.name.lastIndexOf('.') + 1);
      members.set(bare, [...(members.get(bare) ?? []), { structure, member }]);
      const conditions = [
        ...(member.requiredWhen ?? []),
        ...(member.excusedWhen ?? []),
        ...(member.forbiddenWhen ?? []).map((rule) => rule.when),
        ...valueRules(member).flatMap((rule) => (rule.kind === 'neededFlag' ? [rule.when] : [])),
      ];
      for (const condition of conditions) {
        if ('calls' in condition) condition.calls.forEach((name) => watchedCalls.add(name));
      }
    }
    for (const pair of structure.pairs ?? []) {
      if ('calls' in pair.if) pair.if.calls.forEach((name) => watchedCalls.add(name));
    }
    structure.order?.beforeCalls?.forEach((name) => watchedCalls.add(name));
  }
  for (const model of models.values()) model.evidence.calls?.forEach((name) => watchedCalls.add(name));

  const named = new Map<string, NamedEntry[]>();
  const add = (name: string | undefined, entry: NamedEntry) => {
    if (name === undefined) return;
    const list = named.get(name) ?? [];
    if (!list.some((other) => other.entry === entry.entry)) list.push(entry);
    named.set(name, list);
  };
  for (const [name, entry] of calls) add(name, { kind: 'call', entry });
  for (const [name, entry] of structures) add(name, { kind: 'structure', entry });
  for (const index of [roles, rolesByPointer, rolesByTitle]) {
    for (const [name, entry] of index) add(name, { kind: 'role', entry });
  }
  for (const [name, entry] of statuses) add(name, { kind: 'status', entry });
  for (const [name, entry] of constants) add(name, { kind: 'constant', entry });
  for (const [name, entry] of macros) add(name, { kind: 'macro', entry });
  for (const [name, entry] of entryPoints) add(name, { kind: 'entryPoint', entry });
  for (const [name, entry] of replaced) add(name, { kind: 'replaced', entry });

  const triggers = new Set<string>([
    ...calls.keys(),
    ...structures.keys(),
    ...entryPoints.keys(),
    ...replaced.keys(),
    ...macros.keys(),
    ...roles.keys(),
    ...watchedCalls,
  ]);
  const none: readonly NamedEntry[] = [];
  return {
    calls,
    structures,
    roles,
    rolesByPointer,
    rolesByTitle,
    constants,
    statuses,
    macros,
    models,
    versions: all((file) => file.versions),
    objects,
    entryPoints,
    replaced,
    infSettings,
    driverKinds,
    members,
    watchedCalls,
    idioms: bundle.idioms,
    words: bundle.words,
    lookup: (name) => named.get(name) ?? none,
    triggers,
  };
}
