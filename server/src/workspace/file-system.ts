/** How the core reads files. Implemented over the disk by `host/`, in memory by the tests. */
export interface FileSystem {
  /** Bytes of a file, or undefined when it is not there or cannot be read. */
  readonly read: (uri: string) => Promise<Uint8Array | undefined>;
  /** Size in bytes, or undefined as above; asked before large files are read. */
  readonly size: (uri: string) => Promise<number | undefined>;
}

export interface Logger {
  readonly info: (message: string) => void;
  readonly error: (message: string, error?: unknown) => void;
}
