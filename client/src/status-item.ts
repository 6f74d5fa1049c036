import * as vscode from 'vscode';
import { RESTART_SERVER, SELECT_CONFIGURATION, SHOW_STATUS } from './commands.ts';

/** What the server says it is doing: the parameters of `driverentry/status`. */
export interface ServerStatus {
  state: 'idle' | 'analysing' | 'failed';
  message?: string;
  /** The driver that the active file belongs to. */
  project?: string;
  /** Who says which files that are: a project file, the folder of an entry function, or nobody. */
  kind?: 'project' | 'folder' | 'file';
  /** The project file. */
  projectUri?: string;
  /** How many files it has. */
  files?: number;
  /** Files that the project names and that are not there. */
  missing?: string[];
  /** Why the active file is not analysed. */
  skipped?: string;
  /** What cannot be used of project files. */
  problems?: string[];
  /** `Release|x64`: how its project is read. */
  configuration?: string;
  /** The others to choose from. */
  configurations?: string[];
}

const STATE: Readonly<Record<ServerStatus['state'], () => string>> = {
  idle: () => vscode.l10n.t('idle'),
  analysing: () => vscode.l10n.t('analysing'),
  failed: () => vscode.l10n.t('failed'),
};

/** Where the files of the driver are known from, as a sentence. */
export function originText({ kind, files = 0 }: ServerStatus): string | undefined {
  if (kind === 'project') return files === 1 ? vscode.l10n.t('1 file') : vscode.l10n.t('{0} files', files);
  if (kind === 'folder') return vscode.l10n.t('no project found: using the folder of DriverEntry');
  if (kind === 'file') return vscode.l10n.t('no project and no DriverEntry around: using this file alone');
  return undefined;
}

/** What keeps the analysis from seeing everything, as a sentence. */
export function lackText({ skipped, missing = [] }: ServerStatus): string | undefined {
  if (skipped !== undefined) return vscode.l10n.t('this file is not analysed: {0}', skipped);
  if (missing.length === 0) return undefined;
  return missing.length === 1
    ? vscode.l10n.t('{0} of the project is missing', missing[0] ?? '')
    : vscode.l10n.t('{0} files of the project are missing', missing.length);
}

/**
 * The entries behind the `{}` of the status bar: the driver that is believed in, with its state and what is wrong, and
 * the configuration, each with the one thing to do about it.
 */
export class StatusItem implements vscode.Disposable {
  readonly #selector: vscode.DocumentSelector;
  readonly #driver: vscode.LanguageStatusItem;
  readonly #version: string;
  #configuration: vscode.LanguageStatusItem | undefined;

  constructor(selector: vscode.DocumentSelector, version: string) {
    this.#selector = selector;
    this.#driver = vscode.languages.createLanguageStatusItem('driverentry.status', selector);
    this.#driver.name = 'DriverEntry';
    this.#version = version;
    this.show({ state: 'analysing', message: vscode.l10n.t('starting') });
  }

  /** Shows a new state. */
  show(status: ServerStatus): void {
    const { state, message, project } = status;
    const isFailed = state === 'failed';
    const lack = lackText(status);
    const parts = [message ?? STATE[state](), lack ?? originText(status)];
    this.#driver.text = project === undefined ? `DriverEntry ${this.#version}` : `DriverEntry: ${project}`;
    this.#driver.busy = state === 'analysing';
    this.#driver.detail = parts.filter((part) => part !== undefined).join(' · ');
    this.#driver.severity = isFailed
      ? vscode.LanguageStatusSeverity.Error
      : status.skipped === undefined
        ? vscode.LanguageStatusSeverity.Information
        : vscode.LanguageStatusSeverity.Warning;
    this.#driver.command = isFailed
      ? { command: RESTART_SERVER, title: vscode.l10n.t('Restart server') }
      : { command: SHOW_STATUS, title: vscode.l10n.t('Details') };
    // A screen reader says it in one go.
    this.#driver.accessibilityInformation = { label: `${this.#driver.text}, ${this.#driver.detail}` };
    this.#showConfiguration(status);
  }

  #showConfiguration({ configuration, configurations = [] }: ServerStatus): void {
    if (configuration === undefined) {
      this.#configuration?.dispose();
      this.#configuration = undefined;
      return;
    }
    const item = (this.#configuration ??= vscode.languages.createLanguageStatusItem(
      'driverentry.configuration',
      this.#selector,
    ));
    item.name = vscode.l10n.t('DriverEntry: build configuration');
    item.text = configuration;
    item.detail = vscode.l10n.t('build configuration');
    item.accessibilityInformation = { label: `${item.name}, ${configuration}` };
    if (configurations.length > 1)
      item.command = {
        command: SELECT_CONFIGURATION,
        title: vscode.l10n.t('Select'),
        arguments: [configurations],
      };
  }

  dispose(): void {
    this.#driver.dispose();
    this.#configuration?.dispose();
  }
}
