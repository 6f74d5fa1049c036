import type { XmlElement } from '@rgrove/parse-xml';
import { folderOf, nameOf, parentOf, resolvePath } from '../text/uri.ts';
import type { ProjectFiles, ProjectProblem } from './build-settings.ts';
import { expand, holds, type MsbuildScope, pathsAskedFor } from './msbuild-condition.ts';
import { childElements, readXml } from './xml.ts';

/** Metadata of an item by name in lower case. */
export type Metadata = ReadonlyMap<string, string>;

export interface ProjectItem {
  /** As written and expanded, relative to the project's folder. */
  readonly path: string;
  readonly metadata: Metadata;
}

/** Imports nested deeper, or more of them, are left out. */
const IMPORT_DEPTH = 16;
const IMPORT_LIMIT = 200;
/** Values longer than this are cut: a property that contains itself twice grows fast. */
const VALUE_LIMIT = 64 * 1024;
/** A name with more wildcards is not looked up: it would take long. */
const STAR_LIMIT = 3;
/** Nested groups (`Choose` in `When` in `Choose`) deeper than this are left out. */
const GROUP_DEPTH = 30;

/** Target versions as numbers, by the words that projects write. */
const TARGETS: Readonly<Record<string, string>> = {
  vista: '0x0600',
  windows7: '0x0601',
  windows8: '0x0602',
  'windowsv6.3': '0x0603',
  'windows8.1': '0x0603',
  windows10: '0x0A00',
};

/** An element that is looked at again once all properties are known, and the file that it stands in. */
interface Pending {
  readonly element: XmlElement;
  readonly file: string;
}

/**
 * One evaluation of a project under one configuration, in MSBuild's order: properties and imports as they
 * come, then the defaults of items, then the items.
 */
export class MsbuildEvaluation {
  readonly problems: ProjectProblem[] = [];
  readonly dependencies = new Set<string>();
  readonly #project: string;
  readonly #files: ProjectFiles;
  readonly #properties = new Map<string, string>();
  readonly #definitions: Pending[] = [];
  readonly #items: Pending[] = [];
  readonly #defaults = new Map<string, Map<string, string>>();
  /** Paths that conditions asked for, and whether they are there. */
  readonly #there = new Map<string, boolean>();
  #solutionFolder: string;
  #imports = 0;

  private constructor(project: string, files: ProjectFiles) {
    this.#project = project;
    this.#files = files;
    this.#solutionFolder = folderOf(project);
  }

  static async run(
    uri: string,
    root: XmlElement,
    configuration: { readonly name: string; readonly platform: string },
    files: ProjectFiles,
  ): Promise<MsbuildEvaluation> {
    const evaluation = new MsbuildEvaluation(uri, files);
    evaluation.#properties.set('configuration', configuration.name);
    evaluation.#properties.set('platform', configuration.platform);
    await evaluation.#findSolution();
    await evaluation.#walk(root, uri, [uri], 0);
    for (const { element, file } of evaluation.#definitions) await evaluation.#define(element, file);
    return evaluation;
  }

  /** Final value of a property, empty when it is not set. */
  property(name: string): string {
    return this.#valueOf(name, this.#project);
  }

  /** Metadata that every item of a type starts with. */
  defaultsOf(type: string): Metadata {
    return this.#defaults.get(type.toLowerCase()) ?? new Map<string, string>();
  }

  /** `Include` of all items of a type, conditions left aside. */
  plainItems(type: string): string[] {
    return this.#items.flatMap(({ element, file }) =>
      childElements(element)
        .filter((item) => item.name.toLowerCase() === type.toLowerCase())
        .map((item) => this.#expand(item.attributes['Include'] ?? '', file, undefined)),
    );
  }

  /** Items of a type, each path once; a later mention replaces the metadata of an earlier one. */
  async items(type: string): Promise<ProjectItem[]> {
    const found = new Map<string, ProjectItem>();
    for (const { element: group, file } of this.#items) {
      for (const element of childElements(group)) {
        if (element.name.toLowerCase() !== type.toLowerCase()) continue;
        const defaults = new Map(this.defaultsOf(type));
        if (!(await this.#applies(element, file, defaults))) continue;
        const expanded = (name: string) => this.#expand(element.attributes[name] ?? '', file, defaults);
        for (const path of await this.#paths(expanded('Remove'))) found.delete(path.toLowerCase());
        const excluded = new Set((await this.#paths(expanded('Exclude'))).map((path) => path.toLowerCase()));
        const updated = (await this.#paths(expanded('Update'))).filter((path) =>
          found.has(path.toLowerCase()),
        );
        const included = await this.#paths(expanded('Include'));
        for (const path of [...included, ...updated]) {
          const key = path.toLowerCase();
          if (excluded.has(key)) continue;
          const metadata = new Map(updated.includes(path) ? found.get(key)?.metadata : defaults);
          await this.#setMetadata(element, file, metadata);
          found.set(key, { path: found.get(key)?.path ?? path, metadata });
        }
      }
    }
    return [...found.values()];
  }

  /** First pass: properties, imports and the order of everything else. */
  async #walk(parent: XmlElement, file: string, importing: readonly string[], depth: number): Promise<void> {
    if (depth > GROUP_DEPTH) return;
    for (const element of childElements(parent)) {
      if (element.name === 'Choose') {
        await this.#choose(element, file, importing, depth);
        continue;
      }
      if (!(await this.#applies(element, file, undefined))) continue;
      if (element.name === 'PropertyGroup') {
        for (const property of childElements(element)) {
          if (!(await this.#applies(property, file, undefined))) continue;
          this.#properties.set(property.name.toLowerCase(), this.#expand(property.text, file, undefined));
        }
      } else if (element.name === 'ImportGroup') await this.#walk(element, file, importing, depth + 1);
      else if (element.name === 'Import') await this.#import(element, file, importing);
      else if (element.name === 'ItemDefinitionGroup') this.#definitions.push({ element, file });
      else if (element.name === 'ItemGroup') this.#items.push({ element, file });
    }
  }

  async #choose(
    choose: XmlElement,
    file: string,
    importing: readonly string[],
    depth: number,
  ): Promise<void> {
    for (const branch of childElements(choose)) {
      const isTaken =
        branch.name === 'Otherwise' ||
        (branch.name === 'When' && (await this.#applies(branch, file, undefined)));
      if (isTaken) return this.#walk(branch, file, importing, depth + 1);
    }
  }

  async #import(element: XmlElement, file: string, importing: readonly string[]): Promise<void> {
    const path = this.#expand(element.attributes['Project'] ?? '', file, undefined);
    // The kit's sheets are not in the workspace; these two bring the author's own along.
    if (/[\\/]Microsoft\.Cpp\.Default\.props$/i.test(path)) {
      return this.#importAbove('Directory.Build.props', importing);
    }
    if (/[\\/]Microsoft\.Cpp\.targets$/i.test(path)) {
      return this.#importAbove('Directory.Build.targets', importing);
    }
    if (path === '' || path.includes('*')) return;
    const wanted = resolvePath(folderOf(file), path);
    if (wanted === undefined) return;
    this.dependencies.add(wanted);
    const uri = await this.#files.find(folderOf(file), path);
    if (uri !== undefined) await this.#read(uri, importing);
  }

  async #importAbove(name: string, importing: readonly string[]): Promise<void> {
    for (let folder: string | undefined = folderOf(this.#project); folder; folder = parentOf(folder)) {
      const uri = await this.#files.find(folder, name);
      if (uri !== undefined) return this.#read(uri, importing);
    }
  }

  async #read(uri: string, importing: readonly string[]): Promise<void> {
    if (importing.includes(uri) || importing.length > IMPORT_DEPTH || this.#imports >= IMPORT_LIMIT) return;
    this.#imports++;
    this.dependencies.add(uri);
    const text = await this.#files.readText(uri);
    if (text === undefined) return;
    const xml = readXml(text);
    if ('problem' in xml) {
      const message = `${nameOf(uri)} cannot be read: ${xml.problem}. ${nameOf(this.#project)} imports it and is taken without it until that is mended`;
      this.problems.push({ uri, message });
    } else await this.#walk(xml.root, uri, [...importing, uri], 0);
  }

  /** Second pass: an `ItemDefinitionGroup`. */
  async #define(group: XmlElement, file: string): Promise<void> {
    for (const element of childElements(group)) {
      const type = element.name.toLowerCase();
      const defaults = this.#defaults.get(type) ?? new Map<string, string>();
      this.#defaults.set(type, defaults);
      if (await this.#applies(element, file, defaults)) await this.#setMetadata(element, file, defaults);
    }
  }

  async #setMetadata(element: XmlElement, file: string, metadata: Map<string, string>): Promise<void> {
    for (const item of childElements(element)) {
      if (!(await this.#applies(item, file, metadata))) continue;
      metadata.set(item.name.toLowerCase(), this.#expand(item.text, file, metadata));
    }
  }

  async #applies(element: XmlElement, file: string, metadata: Metadata | undefined): Promise<boolean> {
    const condition = element.attributes['Condition'];
    if (condition === undefined) return true;
    const scope = this.#scope(file, metadata);
    for (const path of pathsAskedFor(condition, scope)) await this.#lookFor(path);
    return holds(condition, scope, (path) => this.#there.get(path) === true);
  }

  /** Paths of conditions are relative to the project's folder, not to the file that they stand in. */
  async #lookFor(path: string): Promise<void> {
    if (this.#there.has(path)) return;
    const uri = resolvePath(folderOf(this.#project), path);
    if (uri !== undefined) this.dependencies.add(uri);
    this.#there.set(path, (await this.#files.find(folderOf(this.#project), path)) !== undefined);
  }

  #expand(text: string, file: string, metadata: Metadata | undefined): string {
    const value = expand(text.trim(), this.#scope(file, metadata)) ?? '';
    return value.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  }

  #scope(file: string, metadata: Metadata | undefined): MsbuildScope {
    return {
      property: (name) => this.#valueOf(name, file).slice(0, VALUE_LIMIT),
      metadata: (name) => (metadata?.get(name.toLowerCase()) ?? '').slice(0, VALUE_LIMIT),
    };
  }

  #valueOf(name: string, file: string): string {
    return this.#properties.get(name.toLowerCase()) ?? this.#builtIn(name.toLowerCase(), file);
  }

  /** What MSBuild, the C++ targets or the driver kit set when the author does not. */
  #builtIn(name: string, file: string): string {
    const get = (other: string) => this.#properties.get(other) ?? '';
    const stem = nameOf(this.#project).replace(/\.\w+$/, '');
    const platform = get('platform').toLowerCase();
    const target = TARGETS[get('targetversion').toLowerCase() || 'windows10'];
    const version = /^_nt_target_version_(win7|win8|winblue|win10)$/.exec(name)?.[1];
    if (version !== undefined) {
      return { win7: '0x0601', win8: '0x0602', winblue: '0x0603', win10: '0x0A00' }[version] ?? '';
    }
    switch (name) {
      case 'msbuildprojectname':
      case 'projectname':
      case 'targetname':
        return stem;
      case 'msbuildprojectfile':
      case 'projectfilename':
        return nameOf(this.#project);
      case 'msbuildprojectextension':
        return '.vcxproj';
      case 'msbuildprojectdirectory':
        return folderOf(this.#project).slice(0, -1);
      case 'projectdir':
        return folderOf(this.#project);
      case 'msbuildthisfiledirectory':
        return folderOf(file);
      case 'msbuildthisfile':
        return nameOf(file);
      case 'msbuildthisfilename':
        return nameOf(file).replace(/\.\w+$/, '');
      case 'msbuildthisfilefullpath':
        return file;
      case 'solutiondir':
        return this.#solutionFolder;
      case 'configurationname':
        return get('configuration');
      case 'platformname':
        return get('platform');
      case 'platformtarget':
        return platform === 'win32' ? 'x86' : get('platform');
      case 'ddkplatform':
        return { x64: 'amd64', win32: 'x86' }[platform] ?? platform;
      case 'intdir':
      case 'outdir':
        return `${get('platform')}\\${get('configuration')}\\`;
      case 'iskernelmodetoolset':
        return String(/^WindowsKernelMode/i.test(get('platformtoolset')));
      case 'isusermodetoolset':
        return String(/^Windows(?:UserMode|Application)/i.test(get('platformtoolset')));
      case 'visualstudioversion':
        return '17.0';
      case '_nt_target_version':
        return target ?? '';
      default:
        return '';
    }
  }

  /** `$(SolutionDir)`: the nearest folder above with a solution, else the project's. */
  async #findSolution(): Promise<void> {
    for (let folder: string | undefined = folderOf(this.#project); folder; folder = parentOf(folder)) {
      const names = await this.#files.list(folder);
      if (names === undefined) return;
      if (names.some((name) => /\.slnx?$/i.test(name))) {
        this.#solutionFolder = folder;
        return;
      }
    }
  }

  /** A list of paths; `*` and `?` in the last name are looked up, `**` is not. */
  async #paths(list: string): Promise<string[]> {
    const result: string[] = [];
    for (const path of list.split(';').map((item) => item.trim())) {
      if (path === '') continue;
      if (!/[*?]/.test(path)) {
        result.push(path);
        continue;
      }
      const cut = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1;
      const folder = resolvePath(folderOf(this.#project), `${path.slice(0, cut)}.`);
      const stars = path.slice(cut).replace(/[^*]/g, '').length;
      if (folder === undefined || /[*?]/.test(path.slice(0, cut)) || stars > STAR_LIMIT) continue;
      const pattern = path
        .slice(cut)
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll(/\*+/g, '.*')
        .replaceAll('?', '.');
      const names = (await this.#files.list(`${folder.replace(/\/$/, '')}/`)) ?? [];
      const matches = new RegExp(`^${pattern}$`, 'i');
      result.push(...names.filter((name) => matches.test(name)).map((name) => path.slice(0, cut) + name));
    }
    return result;
  }
}
