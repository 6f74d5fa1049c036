import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const MANIFEST = {
  name: 'vscode-clangd',
  publisher: 'llvm-vs-code-extensions',
  version: '0.0.1',
  description: 'Answers as a C tool does, for a test.',
  license: 'MIT',
  repository: 'https://example.invalid/other.git',
  engines: { vscode: '^1.91.0' },
  main: './main.js',
  activationEvents: ['onLanguage:c'],
};

/** Hovers everywhere, a definition in the first header for members, and every mention of a word as reference. */
const MAIN = `
const vscode = require('vscode');
const wordAt = (document, position) => document.getText(document.getWordRangeAtPosition(position));
exports.activate = (context) => {
  const c = { language: 'c' };
  context.subscriptions.push(
    vscode.languages.registerHoverProvider(c, {
      provideHover: (document, position) =>
        new vscode.Hover(wordAt(document, position) + ' is declared by the other one'),
    }),
    vscode.languages.registerDefinitionProvider(c, {
      async provideDefinition(document, position) {
        if (!wordAt(document, position).endsWith('Handler')) return undefined;
        const [header] = await vscode.workspace.findFiles('**/*.h');
        return new vscode.Location(header, new vscode.Position(0, 0));
      },
    }),
    vscode.languages.registerReferenceProvider(c, {
      provideReferences(document, position) {
        const word = wordAt(document, position);
        return [...document.getText().matchAll(new RegExp('\\\\b' + word + '\\\\b', 'g'))].map(
          ({ index }) =>
            new vscode.Location(
              document.uri,
              new vscode.Range(document.positionAt(index), document.positionAt(index + word.length)),
            ),
        );
      },
    }),
  );
};
`;

/** Packs an extension that stands for another C tool, and returns the path of the package. */
export function otherExtension(root: string): string {
  const folder = join(root, '.test-out', 'other-extension');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(MANIFEST));
  writeFileSync(join(folder, 'main.js'), MAIN);
  writeFileSync(join(folder, 'README.md'), 'For a test.\n');
  writeFileSync(join(folder, 'LICENSE'), 'MIT\n');
  const vsix = join(folder, 'other.vsix');
  const require = createRequire(join(root, 'package.json'));
  const vsce = join(dirname(require.resolve('@vscode/vsce/package.json')), 'vsce');
  const packed = spawnSync(process.execPath, [vsce, 'package', '--no-dependencies', '--out', vsix], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (packed.status !== 0) throw new Error(`vsce package failed: ${packed.stdout}${packed.stderr}`);
  return vsix;
}
