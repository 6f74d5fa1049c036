import * as vscode from 'vscode';
import { RESTART_SERVER, SHOW_OUTPUT } from './commands.ts';

/** What the server says it is doing: the parameters of `driverentry/status`. */
export interface ServerStatus {
  state: 'idle' | 'analysing' | 'failed';
  message?: string;
}

/** The entry behind the `{}` of the status bar: one word of state, and the one useful thing to do. */
export class StatusItem implements vscode.Disposable {
  readonly #item: vscode.LanguageStatusItem;

  constructor(selector: vscode.DocumentSelector, version: string) {
    this.#item = vscode.languages.createLanguageStatusItem('driverentry.status', selector);
    this.#item.name = 'DriverEntry';
    this.#item.text = `DriverEntry ${version}`;
    this.show({ state: 'analysing', message: 'starting' });
  }

  /** Shows a new state. */
  show({ state, message }: ServerStatus): void {
    const failed = state === 'failed';
    this.#item.busy = state === 'analysing';
    this.#item.detail = message ?? state;
    this.#item.severity = failed
      ? vscode.LanguageStatusSeverity.Error
      : vscode.LanguageStatusSeverity.Information;
    this.#item.command = failed
      ? { command: RESTART_SERVER, title: 'Restart server' }
      : { command: SHOW_OUTPUT, title: 'Show output' };
  }

  dispose(): void {
    this.#item.dispose();
  }
}
