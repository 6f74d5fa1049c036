import * as vscode from 'vscode';
import { RESTART_SERVER, SELECT_CONFIGURATION, SHOW_OUTPUT } from './commands.ts';

/** What the server says it is doing: the parameters of `driverentry/status`. */
export interface ServerStatus {
  state: 'idle' | 'analysing' | 'failed';
  message?: string;
  /** The driver that the active file belongs to. */
  project?: string;
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

/** The entry behind the `{}` of the status bar: driver, one word of state, and the one useful thing to do. */
export class StatusItem implements vscode.Disposable {
  readonly #item: vscode.LanguageStatusItem;
  readonly #version: string;

  constructor(selector: vscode.DocumentSelector, version: string) {
    this.#item = vscode.languages.createLanguageStatusItem('driverentry.status', selector);
    this.#item.name = 'DriverEntry';
    this.#version = version;
    this.show({ state: 'analysing', message: vscode.l10n.t('starting') });
  }

  /** Shows a new state. */
  show({ state, message, project, configuration, configurations }: ServerStatus): void {
    const failed = state === 'failed';
    const driver = [project, configuration].filter((part) => part !== undefined).join(' · ');
    this.#item.text = driver === '' ? `DriverEntry ${this.#version}` : `DriverEntry: ${driver}`;
    this.#item.busy = state === 'analysing';
    this.#item.detail = message ?? STATE[state]();
    this.#item.severity = failed
      ? vscode.LanguageStatusSeverity.Error
      : vscode.LanguageStatusSeverity.Information;
    this.#item.command = failed
      ? { command: RESTART_SERVER, title: vscode.l10n.t('Restart server') }
      : configurations !== undefined && configurations.length > 1
        ? {
            command: SELECT_CONFIGURATION,
            title: vscode.l10n.t('Select configuration'),
            arguments: [configurations],
          }
        : { command: SHOW_OUTPUT, title: vscode.l10n.t('Show output') };
  }

  dispose(): void {
    this.#item.dispose();
  }
}
