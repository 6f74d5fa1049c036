import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient';

/** Extensions that answer for C and C++ files, too. */
const OTHERS = ['ms-vscode.cpptools', 'llvm-vs-code-extensions.vscode-clangd', 'ccls-project.ccls'] as const;
const CLANGD = OTHERS[1];

const isInstalled = (id: string): boolean => vscode.extensions.getExtension(id) !== undefined;

/** Which hovers to show when the settings leave it open: short ones where another extension shows the declaration. */
export const defaultHover = (): 'compact' | 'full' => (OTHERS.some(isInstalled) ? 'compact' : 'full');

/** Called when extensions came or went, and with them what `defaultHover` says. */
export function onDidChangeOthers(listener: () => void): vscode.Disposable {
  let last = defaultHover();
  return vscode.extensions.onDidChange(() => {
    const now = defaultHover();
    if (now === last) return;
    last = now;
    listener();
  });
}

/** Positions that others are being asked about: our own answer would come back. */
const asking = new Set<string>();

/**
 * Keeps the answers of the server beside those of other extensions: the default of hovers is decided, and a definition
 * is only given where nobody else has one. Both lists would open a peek window where one jump was enough.
 */
export const besideOthers: Middleware = {
  async provideDefinition(document, position, token, next) {
    const place = `${document.uri.toString()} ${position.line}:${position.character}`;
    if (asking.has(place)) return undefined;
    const own = await next(document, position, token);
    if (!own || (Array.isArray(own) && own.length === 0) || token.isCancellationRequested) return own;
    asking.add(place);
    try {
      const others = await vscode.commands.executeCommand<unknown[] | undefined>(
        'vscode.executeDefinitionProvider',
        document.uri,
        position,
      );
      return (others ?? []).length > 0 ? undefined : own;
    } finally {
      asking.delete(place);
    }
  },
  async provideInlayHints(document, range, token, next) {
    const hints = await next(document, range, token);
    // clangd names the members of initializers itself.
    if (!isInstalled(CLANGD)) return hints;
    return hints?.filter(({ kind }) => kind !== vscode.InlayHintKind.Parameter);
  },
  workspace: {
    async configuration(params, token, next) {
      const sections = await next(params, token);
      if (!Array.isArray(sections)) return sections;
      return sections.map((section) =>
        typeof section === 'object' && section !== null && 'hover' in section && section['hover'] === 'auto'
          ? { ...section, hover: defaultHover() }
          : section,
      );
    },
  },
};
