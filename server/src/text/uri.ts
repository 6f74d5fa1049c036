/**
 * Addresses of files as plain text. Folders end with `/`. One spelling is used inside, that of VS Code: every
 * name is percent-encoded down to letters, digits and `-._~`, drive letters are lower case.
 */

/** Encodes one file or folder name. Half of a pair of characters is in no name, and has no code. */
export const encodeName = (name: string): string =>
  // Nearly every name is plain.
  /^[\w.~-]*$/.test(name)
    ? name
    : encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(
        /[!'()*]/g,
        (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
      );

/** Decodes one name; as it is when it is not encoded properly. */
export function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** What stands before the path of an address: `file://`, `vscode-vfs://github`, `memfs:`. One letter is a drive. */
const BEFORE_PATH = /^[a-z][a-z0-9+.-]+:(?:\/\/[^/]*(?=\/)|(?=\/(?!\/)))/i;

/** True for an address with a path, of whatever scheme. */
export const isAddress = (text: string): boolean => BEFORE_PATH.test(text);

/** The path of an address, readable; all of it when it has none. */
export const pathOf = (uri: string): string => decodeName(uri.replace(BEFORE_PATH, ''));

/** The one spelling of an address. What has no path, or more than a path, is left alone: it is no file. */
export function canonicalUri(uri: string): string {
  const start = BEFORE_PATH.exec(uri)?.[0];
  if (start === undefined || (!uri.startsWith('file:') && /[?#]/.test(uri))) return uri;
  return (
    start +
    uri
      .slice(start.length)
      .split('/')
      .map((part) => {
        const name = decodeName(part);
        return encodeName(/^[A-Za-z]:$/.test(name) ? name.toLowerCase() : name);
      })
      .join('/')
  );
}

/** The folder of a file, with its final `/`. */
export const folderOf = (uri: string): string => uri.slice(0, uri.lastIndexOf('/') + 1);

/** The folder around a folder; undefined at the top. */
export function parentOf(folder: string): string | undefined {
  const parent = folderOf(folder.slice(0, -1));
  return isAddress(parent) ? parent : undefined;
}

/** Last name of an address, readable. */
export function nameOf(uri: string): string {
  const path = uri.endsWith('/') ? uri.slice(0, -1) : uri;
  return decodeName(path.slice(path.lastIndexOf('/') + 1));
}

export const isInside = (uri: string, folder: string): boolean => uri.startsWith(folder);

/**
 * The address that a path of a project file means, seen from a folder. Windows and POSIX separators, drive
 * letters and whole addresses are understood; undefined when there is nothing to resolve against.
 */
export function resolvePath(folder: string, written: string): string | undefined {
  const text = written.trim().replaceAll('"', '').replaceAll('\\', '/');
  const scheme = BEFORE_PATH.exec(text)?.[0];
  const base = BEFORE_PATH.exec(folder)?.[0];
  let start: string;
  let parts: string[];
  if (scheme !== undefined) {
    // A folder's address with a path behind it: what is an address already stays as it is.
    start = scheme;
    parts = text
      .slice(scheme.length)
      .split('/')
      .map((part) => (ADDRESS.test(part) ? part : encodeName(part)));
  } else if (/^[A-Za-z]:\//.test(text)) {
    start = 'file://';
    parts = text
      .replace(/^./, (c) => c.toLowerCase())
      .split('/')
      .map(encodeName);
  } else if (base === undefined) return undefined;
  else {
    start = base;
    parts = text.split('/').map(encodeName);
    if (!text.startsWith('/')) parts.unshift(...folder.slice(base.length).split('/'));
  }
  const path: string[] = [];
  for (const part of parts) {
    if (part === '' || part === '.') continue;
    if (part !== '..') path.push(part);
    else if (path.pop() === undefined) return undefined;
  }
  return `${start}/${path.join('/')}`;
}

/** A name as it may stand in an address. */
const ADDRESS = /^(?:[\w\-.~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})*$/;

/** Steps from one folder to another: up to what they share, and down again. */
export function distance(from: string, to: string): number {
  const a = from.split('/');
  const b = to.split('/');
  let shared = 0;
  while (shared < Math.min(a.length, b.length) - 1 && a[shared] === b[shared]) shared++;
  return a.length - 1 - shared + (b.length - 1 - shared);
}
