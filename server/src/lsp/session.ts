import type { ClientCapabilities, Connection, ServerCapabilities } from 'vscode-languageserver';
import type { Analyzer } from '../index.ts';
import type { Documents } from './documents.ts';

/** What answers to requests are made from. */
export interface Session {
  readonly connection: Connection;
  readonly documents: Documents;
  /** What the client said it can do. */
  readonly client: () => ClientCapabilities;
  /** Throws the error to answer with when the client asks too early or too late. */
  readonly analyzer: () => Analyzer;
}

/** One kind of request: what the server says of it at the start, and who answers. */
export interface RequestKind {
  readonly capabilities: (client: ClientCapabilities) => ServerCapabilities;
  /** Called once, before the connection listens. */
  readonly register: (session: Session) => void;
  /** Asks the client to ask again: what other files or the settings say is something else now. */
  readonly refresh?: (session: Session) => Promise<void>;
}
