export function unzip(bytes: Buffer): Map<string, Buffer>;
export function problemsOf(
  files: ReadonlyMap<string, Buffer>,
  wanted: {
    readonly expected: readonly string[];
    readonly folders: readonly string[];
    readonly version: string;
  },
): string[];
