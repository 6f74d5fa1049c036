// oxlint-disable unicorn/require-post-message-target-origin -- the message channel of a panel has no origin
import * as vscode from 'vscode';
import { EXPORT_MAP } from './commands.ts';
import { mapPage } from './map-page.ts';
import type { MapViewer, RegistrationMap } from './registration-map.ts';

/** Kind of the panel; the page's state is kept under it when the window is loaded again. */
const PANEL = 'driverentry.map';

/** What the page says. */
type FromPage = { type: 'ready'; uri?: string } | { type: 'go'; id: string } | { type: 'export' };

/** The picture of the registration map beside the code; there is at most one. */
export class MapPanel implements MapViewer, vscode.Disposable {
  readonly wantsPicture = true;
  readonly #map: RegistrationMap;
  readonly #media: vscode.Uri;
  readonly #subscriptions: vscode.Disposable[];
  #panel: vscode.WebviewPanel | undefined;
  #isReady = false;

  constructor(map: RegistrationMap, extension: vscode.Uri) {
    this.#map = map;
    this.#media = vscode.Uri.joinPath(extension, 'media');
    this.#subscriptions = [
      map.onDidChange(() => this.#send()),
      map.onDidMove((id) => this.#mark(id)),
      map.add(this),
      vscode.window.registerWebviewPanelSerializer(PANEL, {
        deserializeWebviewPanel: (panel, state: { uri?: string } | undefined) => {
          if (state?.uri !== undefined && map.uri === undefined) map.show(state.uri);
          this.#adopt(panel);
          return Promise.resolve();
        },
      }),
    ];
  }

  get isVisible(): boolean {
    return this.#panel?.visible === true;
  }

  /** Opens the picture beside the code, or brings it to the front. */
  show(): void {
    if (this.#panel) this.#panel.reveal(undefined, false);
    else {
      this.#adopt(
        vscode.window.createWebviewPanel(PANEL, vscode.l10n.t('Registration map'), {
          viewColumn: vscode.ViewColumn.Beside,
          preserveFocus: false,
        }),
      );
    }
  }

  dispose(): void {
    this.#panel?.dispose();
    for (const one of this.#subscriptions) one.dispose();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    this.#isReady = false;
    panel.iconPath = {
      light: vscode.Uri.joinPath(this.#media, 'map-light.svg'),
      dark: vscode.Uri.joinPath(this.#media, 'map-dark.svg'),
    };
    panel.onDidDispose(() => {
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#isReady = false;
    });
    panel.onDidChangeViewState(() => this.#map.viewersChanged());
    panel.webview.onDidReceiveMessage((message: FromPage) => void this.#receive(message));
    panel.webview.options = { enableScripts: true, localResourceRoots: [this.#media] };
    panel.webview.html = mapPage(panel.webview, this.#media);
    this.#map.viewersChanged();
  }

  async #receive(message: FromPage): Promise<void> {
    if (message.type === 'ready') {
      this.#isReady = true;
      this.#send();
      this.#mark(this.#map.currentId());
    } else if (message.type === 'go') {
      const item = this.#map.item(message.id);
      if (item) await this.#map.goTo(item);
    } else await vscode.commands.executeCommand(EXPORT_MAP);
  }

  #send(): void {
    const panel = this.#panel;
    if (!panel) return;
    const { answer, uri } = this.#map;
    panel.title = answer ? vscode.l10n.t('Map: {0}', answer.name) : vscode.l10n.t('Registration map');
    if (!this.#isReady || (answer && answer.picture === undefined)) return;
    void panel.webview.postMessage({ type: 'map', picture: answer?.picture ?? '', uri });
  }

  #mark(id: string | undefined): void {
    if (this.#isReady) void this.#panel?.webview.postMessage({ type: 'current', id });
  }
}

/** Saves the picture as a file that stands alone. */
export async function exportMap(map: RegistrationMap): Promise<void> {
  const answer = await map.picture();
  if (answer?.picture === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('DriverEntry: there is no map to export. Open a C or C++ file of a driver first.'),
    );
    return;
  }
  const folder = map.uri === undefined ? undefined : vscode.Uri.joinPath(vscode.Uri.parse(map.uri), '..');
  const target = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, `${answer.name}-map.svg`) } : {}),
    filters: { SVG: ['svg'] },
    title: vscode.l10n.t('Export registration map'),
  });
  if (target) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(answer.picture));
}
