import * as vscode from 'vscode';
import type { ServerProcess } from './server-process.ts';

export interface MapPlace {
  uri: string;
  range: {
    start: { line: number; character: number };
    end: { line: number; character: number };
  };
}

/** One line of the tree; ids are those of the picture, too. */
export interface MapItem {
  id: string;
  label: string;
  description: string;
  tooltip: string;
  icon: string;
  place?: MapPlace;
  covers: MapPlace[];
  children: MapItem[];
}

/** What the server answers to `driverentry/map`. */
export interface MapAnswer {
  name: string;
  configuration?: string;
  items: MapItem[];
  picture?: string;
}

/** Quiet time before the map is asked for, in milliseconds: states of the server come in bursts. */
const SETTLE_MS = 30;

/** Somebody who shows the map. */
export interface MapViewer {
  readonly isVisible: boolean;
  readonly wantsPicture: boolean;
}

/** The map of the driver that the user looks at, for all who show it. It is asked for only while somebody does. */
export class RegistrationMap implements vscode.Disposable {
  readonly #server: ServerProcess;
  readonly #selector: vscode.DocumentSelector;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #moved = new vscode.EventEmitter<string | undefined>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #viewers = new Set<MapViewer>();
  readonly #parents = new Map<string, MapItem | undefined>();
  readonly #items = new Map<string, MapItem>();
  #uri: string | undefined;
  #answer: MapAnswer | undefined;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Something may be another one since it was asked for. */
  #isStale = true;
  /** What was shown or chosen last: of several things about one place it stays. */
  #last: string | undefined;

  /** The map is another one. */
  readonly onDidChange = this.#changed.event;
  /** The cursor went to the code of a thing, or away from all. */
  readonly onDidMove = this.#moved.event;

  constructor(server: ServerProcess, selector: vscode.DocumentSelector) {
    this.#server = server;
    this.#selector = selector;
    this.#subscriptions = [
      this.#changed,
      this.#moved,
      vscode.window.onDidChangeActiveTextEditor(() => this.#follow()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor === vscode.window.activeTextEditor) this.#moved.fire(this.currentId());
      }),
    ];
    this.#follow();
  }

  /** The last answer; undefined when the file is of no driver. */
  get answer(): MapAnswer | undefined {
    return this.#answer;
  }

  /** A file of the driver. */
  get uri(): string | undefined {
    return this.#uri;
  }

  item(id: string): MapItem | undefined {
    return this.#items.get(id);
  }

  parent(item: MapItem): MapItem | undefined {
    return this.#parents.get(item.id);
  }

  /** Shows the driver of a file, until the user turns to another one. */
  show(uri: string): void {
    if (this.#uri === uri) return;
    this.#uri = uri;
    this.refresh();
  }

  add(viewer: MapViewer): vscode.Disposable {
    this.#viewers.add(viewer);
    this.viewersChanged();
    return new vscode.Disposable(() => this.#viewers.delete(viewer));
  }

  /** A viewer came into sight, or wants more than before. */
  viewersChanged(): void {
    const lacksPicture =
      this.#wantsPicture && this.#answer !== undefined && this.#answer.picture === undefined;
    if (this.#isStale || lacksPicture) this.refresh();
  }

  /** The server has new results. */
  refresh(): void {
    this.#isStale = true;
    clearTimeout(this.#timer);
    if (![...this.#viewers].some(({ isVisible }) => isVisible)) return;
    this.#timer = setTimeout(() => void this.#ask(), SETTLE_MS);
  }

  /** The picture as a file of its own. */
  async picture(): Promise<MapAnswer | undefined> {
    const answer = await this.#request('file');
    return answer ?? undefined;
  }

  /** The thing that the cursor is in the code of. */
  currentId(): string | undefined {
    const editor = vscode.window.activeTextEditor;
    if (!editor) return undefined;
    const uri = editor.document.uri.toString();
    const { active } = editor.selection;
    const found = [...this.#items.values()].flatMap((item) =>
      item.covers
        .filter((place) => place.uri === uri && toRange(place).contains(active))
        .map((place) => ({ item, size: sizeOf(place) })),
    );
    const least = Math.min(...found.map(({ size }) => size));
    const nearest = found.filter(({ size }) => size === least);
    const chosen = nearest.find(({ item }) => item.id === this.#last) ?? nearest[0];
    this.#last = chosen?.item.id;
    return chosen?.item.id;
  }

  /** Goes to the code of a thing. */
  async goTo(item: MapItem): Promise<void> {
    if (!item.place) return;
    this.#last = item.id;
    const uri = vscode.Uri.parse(item.place.uri);
    const { start } = toRange(item.place);
    // Beside the picture, not in its place.
    const shown = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === uri.toString(),
    );
    const column = shown?.viewColumn ?? vscode.window.visibleTextEditors[0]?.viewColumn;
    await vscode.window.showTextDocument(uri, {
      selection: new vscode.Range(start, start),
      ...(column === undefined ? {} : { viewColumn: column }),
    });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const one of this.#subscriptions) one.dispose();
  }

  get #wantsPicture(): boolean {
    return [...this.#viewers].some(({ isVisible, wantsPicture }) => isVisible && wantsPicture);
  }

  #follow(): void {
    const document = vscode.window.activeTextEditor?.document;
    // The output, a setting or the picture itself is of no driver: the last one stays.
    if (!document || vscode.languages.match(this.#selector, document) === 0) return;
    this.show(document.uri.toString());
    this.#moved.fire(this.currentId());
  }

  async #request(picture: 'editor' | 'file' | undefined): Promise<MapAnswer | null | undefined> {
    if (this.#uri === undefined) return null;
    return this.#server.request<MapAnswer | null>('driverentry/map', {
      uri: this.#uri,
      ...(picture === undefined ? {} : { picture }),
    });
  }

  async #ask(): Promise<void> {
    const asked = ++this.#asked;
    this.#isStale = false;
    const answer = await this.#request(this.#wantsPicture ? 'editor' : undefined).catch(() => undefined);
    if (asked !== this.#asked) return; // a newer question is under way
    if (answer === undefined) {
      this.#isStale = true; // the server is not up; it says when it is
      return;
    }
    this.#answer = answer ?? undefined;
    this.#items.clear();
    this.#parents.clear();
    const visit = (items: readonly MapItem[], parent: MapItem | undefined): void => {
      for (const item of items) {
        this.#items.set(item.id, item);
        this.#parents.set(item.id, parent);
        visit(item.children, item);
      }
    };
    visit(this.#answer?.items ?? [], undefined);
    this.#changed.fire();
    this.#moved.fire(this.currentId());
  }
}

export const toRange = ({ range: { start, end } }: MapPlace): vscode.Range =>
  new vscode.Range(start.line, start.character, end.line, end.character);

const sizeOf = ({ range: { start, end } }: MapPlace): number =>
  (end.line - start.line) * 10_000 + end.character - start.character;
