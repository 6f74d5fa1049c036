import * as vscode from 'vscode';
import type {
  BaseLanguageClient,
  ClientCapabilities,
  Location,
  Position,
  StaticFeature,
} from 'vscode-languageclient';
import { OPEN_RULE_PAGE, SHOW_PLACES } from './commands.ts';

/** Shows the places that a lens speaks of: goes to a single one, peeks at several; opens the page of a rule. */
export function registerShowPlaces(): vscode.Disposable {
  const openPage = vscode.commands.registerCommand(OPEN_RULE_PAGE, (page: string) =>
    vscode.env.openExternal(vscode.Uri.parse(page, true)),
  );
  const showPlaces = vscode.commands.registerCommand(
    SHOW_PLACES,
    (uri: string, position: Position, locations: readonly Location[]) =>
      vscode.commands.executeCommand(
        'editor.action.goToLocations',
        vscode.Uri.parse(uri),
        new vscode.Position(position.line, position.character),
        locations.map(
          ({ uri: at, range: { start, end } }) =>
            new vscode.Location(
              vscode.Uri.parse(at),
              new vscode.Range(start.line, start.character, end.line, end.character),
            ),
        ),
        'peek',
        vscode.l10n.t('DriverEntry: these places are gone.'),
      ),
  );
  return vscode.Disposable.from(showPlaces, openPage);
}

/** Shows suggestions again, once a member was taken and its value is to be chosen. */
const SUGGEST = 'editor.action.triggerSuggest';

/** Tells the server which commands its lenses, suggestions and code actions may use. */
export function announceCommands(client: BaseLanguageClient): void {
  const feature: StaticFeature = {
    fillClientCapabilities(capabilities: ClientCapabilities) {
      const known = (capabilities.experimental ?? {}) as object;
      capabilities.experimental = {
        ...known,
        commands: { commands: [SHOW_PLACES, SUGGEST, OPEN_RULE_PAGE] },
      };
    },
    initialize: () => {},
    getState: () => ({ kind: 'static' }),
    clear: () => {},
  };
  client.registerFeature(feature);
}
