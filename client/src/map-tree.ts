import * as vscode from 'vscode';
import { GO_TO_MAP_PLACE } from './commands.ts';
import type { MapItem, MapViewer, RegistrationMap } from './registration-map.ts';

const VIEW = 'driverentry.map';

/** Picture and colour of an item by what the server calls it. */
const ICONS: Readonly<Record<string, readonly [icon: string, colour?: string]>> = {
  load: ['play-circle'],
  run: ['play'],
  unload: ['discard'],
  unseen: ['circle-outline'],
  slots: ['symbol-object'],
  registration: ['plug'],
  association: ['link'],
  good: ['pass', 'testing.iconPassed'],
  missing: ['error', 'list.errorForeground'],
  left: ['error', 'list.errorForeground'],
  unset: ['circle-outline', 'descriptionForeground'],
  unknown: ['question', 'descriptionForeground'],
  undo: ['discard'],
  ways: ['sign-out'],
  fails: ['circle-slash', 'descriptionForeground'],
  problem: ['warning', 'list.warningForeground'],
};

/** Items that are worth a look are open from the beginning. */
const LOUD = new Set(['missing', 'left', 'problem']);

/** The tree of the registration map in the explorer. It follows the cursor. */
export class MapTree implements vscode.TreeDataProvider<MapItem>, MapViewer, vscode.Disposable {
  readonly wantsPicture = false;
  readonly #map: RegistrationMap;
  readonly #view: vscode.TreeView<MapItem>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(map: RegistrationMap) {
    this.#map = map;
    this.#view = vscode.window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = [
      this.#view,
      this.#changed,
      map.onDidChange(() => {
        const { answer } = map;
        this.#view.description = [answer?.name, answer?.configuration].filter(Boolean).join(' · ');
        this.#changed.fire();
      }),
      map.onDidMove((id) => void this.#reveal(id)),
      this.#view.onDidChangeVisibility(() => map.viewersChanged()),
      map.add(this),
    ];
  }

  get isVisible(): boolean {
    return this.#view.visible;
  }

  getChildren(item?: MapItem): MapItem[] {
    return item ? item.children : (this.#map.answer?.items ?? []);
  }

  getParent(item: MapItem): MapItem | undefined {
    return this.#map.parent(item);
  }

  getTreeItem(item: MapItem): vscode.TreeItem {
    const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    const isOpen = this.#map.parent(item) === undefined || isLoud(item);
    const shown = new vscode.TreeItem(
      item.label,
      item.children.length === 0 ? None : isOpen ? Expanded : Collapsed,
    );
    const [icon, colour] = ICONS[item.icon] ?? ['symbol-misc'];
    shown.id = item.id;
    shown.description = item.description;
    shown.tooltip = item.tooltip;
    shown.iconPath = new vscode.ThemeIcon(
      icon,
      colour === undefined ? undefined : new vscode.ThemeColor(colour),
    );
    shown.accessibilityInformation = { label: item.tooltip };
    shown.contextValue = item.icon;
    if (item.place) {
      shown.command = { command: GO_TO_MAP_PLACE, title: vscode.l10n.t('Go to code'), arguments: [item.id] };
    }
    return shown;
  }

  dispose(): void {
    for (const one of this.#subscriptions) one.dispose();
  }

  async #reveal(id: string | undefined): Promise<void> {
    const item = id === undefined ? undefined : this.#map.item(id);
    if (!item || !this.#view.visible || this.#view.selection[0]?.id === id) return;
    try {
      await this.#view.reveal(item, { select: true, focus: false });
    } catch {
      // The tree has been replaced meanwhile; the next move reveals again.
    }
  }
}

const isLoud = ({ children }: MapItem): boolean =>
  children.some((child) => LOUD.has(child.icon) || isLoud(child));
