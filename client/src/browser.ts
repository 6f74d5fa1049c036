import * as vscode from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type LanguageClientOptions,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import { start } from './extension.ts';

export { deactivate } from './extension.ts';

/** Entry in the browser: the server is a worker, and gets what it needs by addresses. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const address = (...path: string[]) =>
    vscode.Uri.joinPath(context.extensionUri, 'dist', ...path).toString(true);
  const script = address('web', 'server.js');
  const assets = {
    catalog: address('catalog.json'),
    runtime: address('web-tree-sitter.wasm'),
    grammar: address('tree-sitter-c.wasm'),
  };
  await start(context, (id, name, options) => {
    const initializationOptions = { ...(options.initializationOptions as object), assets };
    return new WorkerClient(id, name, script, { ...options, initializationOptions });
  });
}

/** A client whose server is a worker: it starts with the client and ends with it, even when it hangs. */
class WorkerClient extends LanguageClient {
  readonly #worker: { running: Worker | undefined };

  constructor(id: string, name: string, script: string, options: LanguageClientOptions) {
    const worker: { running: Worker | undefined } = { running: undefined };
    super(
      id,
      name,
      async () => {
        worker.running = new Worker(script);
        return transportsOf(worker.running);
      },
      options,
    );
    this.#worker = worker;
  }

  override async stop(timeout?: number): Promise<void> {
    try {
      await super.stop(timeout);
    } finally {
      this.#worker.running?.terminate();
    }
  }
}

/** A worker that throws lives on, but nobody knows in which state: to the client it is gone, as a process would be. */
function transportsOf(worker: Worker): MessageTransports {
  const reader = new WorkerReader(worker);
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    reader.close();
  });
  return { reader, writer: new BrowserMessageWriter(worker) };
}

class WorkerReader extends BrowserMessageReader {
  close(): void {
    this.fireClose();
  }
}
