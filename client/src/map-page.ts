import * as vscode from 'vscode';

/** The page of the picture: a bar with buttons, and room for the picture, which comes by message. */
export function mapPage(webview: vscode.Webview, media: vscode.Uri): string {
  const nonce = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16)).join('');
  const address = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(media, name)).toString();
  const button = (action: string, label: string, text: string): string =>
    `<button type="button" data-action="${action}" title="${escape(label)}" aria-label="${escape(label)}">${escape(text)}</button>`;
  return `<!DOCTYPE html>
<html lang="${escape(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${address('map.css')}">
<title>${escape(vscode.l10n.t('Registration map'))}</title>
</head>
<body>
<div role="toolbar" aria-label="${escape(vscode.l10n.t('Registration map'))}">
${button('out', vscode.l10n.t('Zoom out'), '−')}
<output aria-live="polite">100%</output>
${button('in', vscode.l10n.t('Zoom in'), '+')}
${button('fit', vscode.l10n.t('Fit to width'), vscode.l10n.t('Fit'))}
${button('export', vscode.l10n.t('Export as SVG'), vscode.l10n.t('Export'))}
<span class="hint">${escape(vscode.l10n.t('Arrow keys move, Enter goes to the code, + and − zoom, 0 fits.'))}</span>
</div>
<main></main>
<p class="empty" hidden>${escape(vscode.l10n.t('Open a C or C++ file of a driver to see what it registers.'))}</p>
<script nonce="${nonce}" src="${address('map.js')}"></script>
</body>
</html>`;
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
