// Stands in for what brings files to VS Code in the browser. It fills the open folder with the files that the test
// serves, in VS Code's own memory (`tmp:`) or as a repository of a host (`vscode-vfs:`), opens one of them, and tells
// the test what is saved.
const vscode = require('vscode');

const url = (context, name) => vscode.Uri.joinPath(context.extensionUri, name).toString(true);

exports.activate = async (context) => {
  const folder = vscode.workspace.workspaceFolders[0].uri;
  const response = await fetch(url(context, 'files.json'));
  const { files, open } = await response.json();
  const texts = new Map(
    Object.entries(files).map(([name, text]) => [vscode.Uri.joinPath(folder, name).path, text]),
  );
  if (folder.scheme === 'vscode-vfs') {
    const repository = new Repository(texts);
    context.subscriptions.push(
      vscode.workspace.registerFileSystemProvider('vscode-vfs', repository, { isCaseSensitive: true }),
    );
  } else {
    for (const [path, text] of texts) {
      await vscode.workspace.fs.writeFile(folder.with({ path }), new TextEncoder().encode(text));
    }
  }
  context.subscriptions.push(
    vscode.workspace.onDidSaveTextDocument((document) =>
      fetch(`${url(context, 'saved')}?${document.uri.toString()}`, {
        method: 'POST',
        body: document.getText(),
      }),
    ),
    vscode.commands.registerCommand('virtual-workspace.change', async () => {
      const { name, text } = await (await fetch(url(context, 'change.json'))).json();
      await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), new TextEncoder().encode(text));
    }),
  );
  // Not awaited: the editor waits for this activation before it asks for the file.
  void vscode.window.showTextDocument(vscode.Uri.joinPath(folder, open), { preview: false });
};

/** Files by path; folders are what stands before their names. */
class Repository {
  constructor(texts) {
    this.files = new Map([...texts].map(([path, text]) => [path, new TextEncoder().encode(text)]));
    this.changes = new vscode.EventEmitter();
    this.onDidChangeFile = this.changes.event;
  }

  watch() {
    return new vscode.Disposable(() => {});
  }

  stat({ path }) {
    const content = this.files.get(path);
    if (content) return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: content.length };
    if (this.namesIn(path).size === 0) throw vscode.FileSystemError.FileNotFound(path);
    return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  }

  namesIn(path) {
    const start = path.endsWith('/') ? path : `${path}/`;
    const inside = [...this.files.keys()].filter((file) => file.startsWith(start));
    return new Map(
      inside.map((file) => {
        const [name, ...more] = file.slice(start.length).split('/');
        return [name, more.length > 0 ? vscode.FileType.Directory : vscode.FileType.File];
      }),
    );
  }

  readDirectory({ path }) {
    return [...this.namesIn(path)];
  }

  readFile({ path }) {
    const content = this.files.get(path);
    if (!content) throw vscode.FileSystemError.FileNotFound(path);
    return content;
  }

  writeFile(uri, content) {
    const type = this.files.has(uri.path) ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created;
    this.files.set(uri.path, content);
    this.changes.fire([{ type, uri }]);
  }

  createDirectory() {}

  delete(uri) {
    this.files.delete(uri.path);
    this.changes.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  rename() {
    throw vscode.FileSystemError.NoPermissions();
  }
}
