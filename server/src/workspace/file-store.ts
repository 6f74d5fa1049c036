import { DATABASE_SIZE_LIMIT } from '../project/build-settings.ts';
import { decodeText } from '../text/decode.ts';
import { decodeName, encodeName, folderOf, isInside, nameOf, parentOf, resolvePath } from '../text/uri.ts';
import type { FileSystem } from './file-system.ts';

/** Files above this are not analysed; the user is told. */
export const SIZE_LIMIT_BYTES = 5 * 1024 * 1024;

/** A database of compile commands may be larger. */
const limitOf = (uri: string): number =>
  nameOf(uri) === 'compile_commands.json' ? DATABASE_SIZE_LIMIT : SIZE_LIMIT_BYTES;

/** What an editor has open. */
export interface OpenText {
  readonly text: string;
  readonly version: number | undefined;
}

/** A folder as it was listed. */
interface Listing {
  readonly files: Names;
  readonly folders: Names;
}

/** Names, sorted, and how to find one whose case is not certain. */
class Names {
  readonly list: readonly string[];
  readonly #exact: ReadonlySet<string>;
  readonly #byLowerCase: ReadonlyMap<string, string>;

  constructor(names: readonly string[]) {
    this.list = names.toSorted();
    this.#exact = new Set(names);
    this.#byLowerCase = new Map(names.map((name) => [name.toLowerCase(), name]));
  }

  find(name: string): string | undefined {
    return this.#exact.has(name) ? name : this.#byLowerCase.get(name.toLowerCase());
  }
}

/** What happened to a file or folder; undefined when nobody knows. */
export type DiskEvent = 'created' | 'changed' | 'deleted' | undefined;

/** Text of a file, or why there is none. */
export type Reading =
  | { readonly text: string }
  | { readonly text: undefined; readonly tooLarge: number | undefined };

/**
 * Texts and folders as they are now: the editor's text wins over the disk, and what was read once is kept until
 * somebody says that it changed. Nothing outside the roots is read.
 */
export class FileStore {
  readonly #fileSystem: FileSystem;
  readonly #open = new Map<string, OpenText>();
  readonly #readings = new Map<string, Reading | Promise<Reading>>();
  readonly #listings = new Map<string, Listing | undefined | Promise<Listing | undefined>>();
  #roots: readonly string[] = [];

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
  }

  get roots(): readonly string[] {
    return this.#roots;
  }

  set roots(folders: readonly string[]) {
    this.#roots = folders.map((folder) => (folder.endsWith('/') ? folder : `${folder}/`)).toSorted();
  }

  get openUris(): string[] {
    return [...this.#open.keys()];
  }

  opened(uri: string): OpenText | undefined {
    return this.#open.get(uri);
  }

  setOpen(uri: string, text: OpenText): void {
    this.#open.set(uri, text);
  }

  close(uri: string): void {
    this.#open.delete(uri);
  }

  /**
   * The part of the tree that may be read for a file: the innermost root around it. A file outside of all roots
   * has its own folder and the one around that, where its headers usually are.
   */
  rootOf(uri: string): string {
    const around = this.#roots.filter((root) => isInside(uri, root));
    if (around.length > 0) return around.reduce((a, b) => (b.length > a.length ? b : a));
    return parentOf(folderOf(uri)) ?? folderOf(uri);
  }

  isInRoots(uri: string): boolean {
    return this.#roots.some((root) => isInside(uri, root));
  }

  /** True when there may be files beside this one: an untitled document or the old side of a diff has none. */
  hasFolder(uri: string): boolean {
    return uri.startsWith('file:') || this.isInRoots(uri);
  }

  /** True when the folder of the file was listed and the file was not in it. */
  isMissing(uri: string): boolean {
    const listing = this.#listings.get(folderOf(uri));
    if (listing === undefined || listing instanceof Promise) return this.#listings.has(folderOf(uri));
    return listing.files.find(decodeName(uri.slice(uri.lastIndexOf('/') + 1))) === undefined;
  }

  /** The text as far as it is known without waiting. */
  textNow(uri: string): string | undefined {
    const open = this.#open.get(uri);
    if (open) return open.text;
    const reading = this.#readings.get(uri);
    return reading instanceof Promise ? undefined : reading?.text;
  }

  async text(uri: string): Promise<string | undefined> {
    return this.textNow(uri) ?? (await this.read(uri)).text;
  }

  /** Reads a file, unless it is too large. */
  async read(uri: string): Promise<Reading> {
    const open = this.#open.get(uri);
    if (open) return open;
    const known = this.#readings.get(uri);
    if (known) return known;
    const reading = this.#readFromDisk(uri);
    this.#readings.set(uri, reading);
    const result = await reading;
    if (this.#readings.get(uri) === reading) this.#readings.set(uri, result);
    return result;
  }

  /** Says that these files will be read soon, one after the other: where that is slow, all are fetched now. */
  readAhead(uris: Iterable<string>): void {
    for (const uri of uris) {
      if (this.#fileSystem.isRemote?.(uri) && !this.#open.has(uri)) void this.read(uri);
    }
  }

  async #readFromDisk(uri: string): Promise<Reading> {
    const size = await this.#fileSystem.size(uri);
    if (size === undefined) return { text: undefined, tooLarge: undefined };
    if (size > limitOf(uri)) return { text: undefined, tooLarge: size };
    const bytes = await this.#fileSystem.read(uri);
    if (bytes === undefined) return { text: undefined, tooLarge: undefined };
    return { text: decodeText(bytes).text };
  }

  /**
   * The file that a path means, spelled as on the disk, for drivers are written where case does not matter.
   * Undefined when it is not there, or not in the part of the tree that may be read for `from`.
   */
  find(from: string, path: string): string | undefined | Promise<string | undefined> {
    const wanted = resolvePath(folderOf(from), path);
    if (wanted === undefined || wanted.endsWith('/')) return undefined;
    if (this.#open.has(wanted)) return wanted;
    const root = this.rootOf(from);
    if (!isInside(wanted, root)) {
      // Another root of the same workspace will do.
      return this.isInRoots(wanted) ? this.#descend(this.rootOf(wanted), wanted) : undefined;
    }
    return this.#descend(root, wanted);
  }

  #descend(root: string, wanted: string): string | undefined | Promise<string | undefined> {
    const names = wanted.slice(root.length).split('/');
    let folder = root;
    for (let i = 0; i < names.length; i++) {
      const listing = this.#listing(folder);
      if (listing instanceof Promise) return listing.then(() => this.#descend(root, wanted));
      const name = decodeName(names[i] ?? '');
      const last = i === names.length - 1;
      const found = (last ? listing?.files : listing?.folders)?.find(name);
      if (found === undefined) return undefined;
      folder += encodeName(found) + (last ? '' : '/');
    }
    return folder;
  }

  /** Names in a folder, sorted; undefined when it is not there. */
  async list(
    folder: string,
  ): Promise<{ readonly files: readonly string[]; readonly folders: readonly string[] } | undefined> {
    const listing = await this.#listing(folder);
    return listing && { files: listing.files.list, folders: listing.folders.list };
  }

  #listing(folder: string): Listing | undefined | Promise<Listing | undefined> {
    if (this.#listings.has(folder)) return this.#listings.get(folder);
    const pending = this.#listFromDisk(folder).then((listing) => {
      if (this.#listings.get(folder) === pending) this.#listings.set(folder, listing);
      return listing;
    });
    this.#listings.set(folder, pending);
    return pending;
  }

  async #listFromDisk(folder: string): Promise<Listing | undefined> {
    const entries = await this.#fileSystem.list(folder);
    if (!entries) return undefined;
    const namesOf = (folders: boolean) =>
      new Names(entries.filter(({ isFolder }) => isFolder === folders).map(({ name }) => name));
    return { files: namesOf(false), folders: namesOf(true) };
  }

  /**
   * Something at this address was created, changed or deleted. True when the tree may have changed: then what
   * was looked for and not found must be looked for again.
   */
  forget(uri: string, event: DiskEvent): boolean {
    const plain = uri.endsWith('/') ? uri.slice(0, -1) : uri;
    this.#readings.delete(plain);
    if (event === 'changed') return false;
    const inside = `${plain}/`;
    for (const folder of this.#listings.keys()) {
      if (folder.startsWith(inside)) this.#listings.delete(folder);
    }
    for (const other of this.#readings.keys()) if (other.startsWith(inside)) this.#readings.delete(other);
    this.#listings.delete(folderOf(plain));
    this.#forgetNewFolders(folderOf(plain));
    return true;
  }

  /** A file in a folder that its parent does not list tells that the folder is new. */
  #forgetNewFolders(folder: string): void {
    for (let child = folder, parent = parentOf(child); parent; child = parent, parent = parentOf(child)) {
      const listing = this.#listings.get(parent);
      if (listing && !(listing instanceof Promise)) {
        const name = decodeName(child.slice(parent.length, -1));
        if (listing.folders.find(name) !== undefined) return;
      }
      this.#listings.delete(parent);
    }
  }
}
