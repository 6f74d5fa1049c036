import type { Connection } from 'vscode-languageserver';
import { type FileSystem, SIZE_LIMIT_BYTES } from '../index.ts';

/** Files and folders that one question may ask for: an answer must not keep others waiting for long. */
const BATCH_LIMIT = 64;

/** Content in base64; without it, the file is too large. Null when it is not there or not to be read. */
type FileAnswer = { readonly size: number; readonly content?: string } | null;
type FolderAnswer = readonly (readonly [name: string, isFolder: boolean])[] | null;

/**
 * Files by way of the client, which has them from wherever it likes: a repository on the web, memory, an archive.
 * What is asked for in one go travels in one message.
 */
export function clientFileSystem(connection: Connection, yieldNow: () => Promise<void>): FileSystem {
  const files = new Batches<FileAnswer>(yieldNow, (uris) =>
    connection.sendRequest('driverentry/fs/readFiles', { uris, limit: SIZE_LIMIT_BYTES }),
  );
  const folders = new Batches<FolderAnswer>(yieldNow, (uris) =>
    connection.sendRequest('driverentry/fs/readDirectories', { uris }),
  );
  /** Contents that came with the size, until they are asked for, which is next. */
  const contents = new Map<string, string>();
  const ask = async (uri: string): Promise<FileAnswer> => {
    const answer = await files.ask(uri);
    if (answer?.content !== undefined) contents.set(uri, answer.content);
    return answer;
  };
  return {
    isRemote: () => true,
    size: async (uri) => (await ask(uri))?.size,
    read: async (uri) => {
      const content = contents.get(uri) ?? (await ask(uri))?.content;
      contents.delete(uri);
      return content === undefined ? undefined : fromBase64(content);
    },
    list: async (folder) => (await folders.ask(folder))?.map(([name, isFolder]) => ({ name, isFolder })),
  };
}

/** The disk for what is on it, the client for the rest; without a client that helps, the rest is not there. */
export function routed(disk: FileSystem | undefined, client: FileSystem | undefined): FileSystem {
  const of = (uri: string) => (disk && uri.startsWith('file:') ? disk : client);
  return {
    isRemote: (uri) => of(uri)?.isRemote?.(uri) ?? false,
    size: async (uri) => of(uri)?.size(uri),
    read: async (uri) => of(uri)?.read(uri),
    list: async (folder) => of(folder)?.list(folder),
  };
}

interface Question<T> {
  readonly uri: string;
  readonly answer: (value: T | null) => void;
}

/** Collects questions until the program is idle for a moment, and asks them together. Never rejects. */
class Batches<T> {
  readonly #yieldNow: () => Promise<void>;
  readonly #send: (uris: string[]) => Promise<(T | null)[]>;
  #waiting: Question<T>[] = [];

  constructor(yieldNow: () => Promise<void>, send: (uris: string[]) => Promise<(T | null)[]>) {
    this.#yieldNow = yieldNow;
    this.#send = send;
  }

  ask(uri: string): Promise<T | null> {
    return new Promise((answer) => {
      this.#waiting.push({ uri, answer });
      if (this.#waiting.length === 1) void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    await this.#yieldNow();
    const all = this.#waiting;
    this.#waiting = [];
    for (let at = 0; at < all.length; at += BATCH_LIMIT)
      void this.#sendBatch(all.slice(at, at + BATCH_LIMIT));
  }

  async #sendBatch(batch: readonly Question<T>[]): Promise<void> {
    let answers: readonly (T | null)[] = [];
    try {
      answers = (await this.#send(batch.map(({ uri }) => uri))) ?? [];
    } catch {
      // A client that cannot answer has no files.
    }
    for (const [index, { answer }] of batch.entries()) answer(answers[index] ?? null);
  }
}

function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
