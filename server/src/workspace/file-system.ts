/** How the core reads files. Implemented over the disk by `host/`, in memory by the tests. */
export interface FileSystem {
  /** Bytes of a file, or undefined when it is not there or cannot be read. */
  readonly read: (uri: string) => Promise<Uint8Array | undefined>;
  /** Size in bytes, or undefined as above; asked before large files are read. */
  readonly size: (uri: string) => Promise<number | undefined>;
  /**
   * What is in a folder, whose address ends with `/`; undefined when it is not there or cannot be read. A
   * symbolic link to a folder is not a folder: following it could lead out of the workspace, or in circles.
   */
  readonly list: (
    folder: string,
  ) => Promise<readonly { readonly name: string; readonly isFolder: boolean }[] | undefined>;
  /** True when a file costs a question to somebody else: then several are better asked for at once. */
  readonly isRemote?: (uri: string) => boolean;
}

export interface Logger {
  readonly info: (message: string) => void;
  readonly error: (message: string, error?: unknown) => void;
}
