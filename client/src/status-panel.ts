import * as vscode from 'vscode';
import { OPEN_PLACE } from './commands.ts';

/** What the server answers to `driverentry/explainStatus`. */
export interface StatusExplanation {
  readonly title: string;
  /** Places in files are links to `file#L12,5`. */
  readonly markdown: string;
}

/** `](file:///c/driver.c#L12,5)` */
const PLACE = /\]\(([a-z][\w.+-]*:[^()\s]*)#L(\d+),(\d+)\)/gi;

/**
 * An explanation as a page beside the code. It is plain HTML without scripts: headings, lists and links, so that keys and
 * screen readers work as they do everywhere. A link to a place opens it in the editor that the question came from.
 */
export class StatusPanel implements vscode.Disposable {
  #panel: vscode.WebviewPanel | undefined;
  #column: vscode.ViewColumn = vscode.ViewColumn.One;
  readonly #command: vscode.Disposable;

  constructor() {
    this.#command = vscode.commands.registerCommand(
      OPEN_PLACE,
      (uri: string, line: number, character: number) => {
        const at = new vscode.Position(line - 1, character - 1);
        return vscode.window.showTextDocument(vscode.Uri.parse(uri, true), {
          selection: new vscode.Range(at, at),
          viewColumn: this.#column,
        });
      },
    );
  }

  /** Shows an explanation in place of the last one. */
  async show({ title, markdown }: StatusExplanation): Promise<void> {
    this.#column = vscode.window.activeTextEditor?.viewColumn ?? vscode.ViewColumn.One;
    const panel = this.#panel ?? this.#create();
    this.#panel = panel;
    panel.title = title;
    panel.webview.html = page(title, await render(markdown));
    panel.reveal(undefined, false);
  }

  dispose(): void {
    this.#command.dispose();
    this.#panel?.dispose();
  }

  #create(): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel(
      'driverentry.status',
      'DriverEntry',
      vscode.ViewColumn.Beside,
      { enableCommandUris: [OPEN_PLACE], enableFindWidget: true, localResourceRoots: [] },
    );
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    return panel;
  }
}

/** Markdown as HTML by the editor's own renderer. It refuses addresses of files, so links to places get theirs afterwards. */
async function render(markdown: string): Promise<string> {
  const places: string[] = [];
  const source = markdown.replace(PLACE, (_, uri: string, line: string, character: string) => {
    const parameters = JSON.stringify([uri, Number(line), Number(character)]);
    places.push(`command:${OPEN_PLACE}?${encodeURIComponent(parameters)}`);
    return `](#place-${places.length - 1})`;
  });
  let html: string;
  try {
    html = await vscode.commands.executeCommand<string>('markdown.api.render', source);
  } catch {
    // Somebody switched the built-in Markdown support off: its source reads well, too.
    html = `<pre>${escapeHtml(source)}</pre>`;
  }
  return html.replace(/href="#place-(\d+)"/g, (whole, index: string) => {
    const target = places[Number(index)];
    return target === undefined ? whole : `href="${escapeHtml(target)}"`;
  });
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

function page(title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline';">
<title>${escapeHtml(title)}</title>
<style>
body { max-width: 60em; padding: 0 1.5em 2em; line-height: 1.5; font-size: var(--vscode-font-size); }
h1 { font-size: 1.7em; overflow-wrap: anywhere; }
h2 { font-size: 1.3em; border-bottom: 1px solid var(--vscode-widget-border, var(--vscode-panel-border)); padding-bottom: 0.2em; }
h3 { font-size: 1.1em; }
code { font-family: var(--vscode-editor-font-family); overflow-wrap: anywhere; }
li { margin: 0.25em 0; }
a:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>`;
}
