export const TEST_VSIX: string;
export const EDITOR_SETTINGS: Readonly<Record<string, unknown>>;
export function findCommand(name: string): string | undefined;
export function findChromium(): string | undefined;
export function whyNoBrowserBuild(): string | undefined;
export function whyNoEditorTests(): string | undefined;
export function installEditor(root: string): void;

export interface EditorOptions {
  vsix: string;
  /** Packages of further extensions. */
  others?: readonly string[];
  port?: number;
  reconnectionSeconds?: number;
  smokeTest?: boolean;
}
export interface Editor {
  address: string;
  port: number;
  /** The temporary folder with profile and extensions. */
  home: string;
  ended: Promise<unknown>;
  stop(): Promise<void>;
}
export function startEditor(root: string, options: EditorOptions): Promise<Editor>;
