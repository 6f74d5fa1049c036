import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

/** The server asks for several files at once, so that a project costs few messages. */
interface ReadFiles {
  readonly uris: readonly string[];
  /** Files with more bytes are not read. */
  readonly limit: number;
}

/** Content in base64; without it, the file is too large, and the size says by how much. */
type FileAnswer = { readonly size: number; readonly content?: string } | null;

/** What is in a folder, by name; true for folders. Null when the folder is not there. */
type FolderAnswer = readonly (readonly [name: string, isFolder: boolean])[] | null;

/**
 * Answers the server's questions for files that are on no disk of its machine: those of virtual workspaces, and
 * all in the browser. Only what lies in an open folder is given out.
 */
export function answerFileRequests(client: BaseLanguageClient): void {
  client.onRequest('driverentry/fs/readFiles', ({ uris, limit }: ReadFiles) =>
    Promise.all(uris.map((uri) => whereAllowed(uri, (file) => readFile(file, limit)))),
  );
  client.onRequest('driverentry/fs/readDirectories', ({ uris }: { uris: readonly string[] }) =>
    Promise.all(uris.map((uri) => whereAllowed(uri, readFolder))),
  );
}

/** Null for what is outside of the workspace, not there or not readable: to the server it is all the same. */
async function whereAllowed<T>(address: string, read: (uri: vscode.Uri) => Promise<T>): Promise<T | null> {
  try {
    const uri = vscode.Uri.parse(address, true);
    const plain = uri.with({ path: uri.path.replace(/(?<=.)\/$/, '') });
    return vscode.workspace.getWorkspaceFolder(plain) ? await read(plain) : null;
  } catch {
    return null;
  }
}

async function readFile(uri: vscode.Uri, limit: number): Promise<FileAnswer> {
  const { type, size } = await vscode.workspace.fs.stat(uri);
  if ((type & vscode.FileType.File) === 0) return null;
  if (size > limit) return { size };
  const bytes = await vscode.workspace.fs.readFile(uri);
  // Some file systems learn the size only by reading.
  return bytes.length > limit ? { size: bytes.length } : { size: bytes.length, content: toBase64(bytes) };
}

async function readFolder(uri: vscode.Uri): Promise<FolderAnswer> {
  const entries = await vscode.workspace.fs.readDirectory(uri);
  // A link to a folder is no folder: following it could lead out of the workspace, or in circles.
  return entries
    .filter(([, type]) => type !== vscode.FileType.Unknown)
    .map(([name, type]) => [name, type === vscode.FileType.Directory] as const);
}

/** In slices: a call takes only so many arguments. */
function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(binary);
}
