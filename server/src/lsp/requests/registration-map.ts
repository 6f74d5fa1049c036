import type { Range } from 'vscode-languageserver';
import { canonicalUri, mapAsSvg, type MapPlace, mapTree, type MapTreeItem } from '../../index.ts';
import type { RequestKind } from '../session.ts';

/** Parameters of `driverentry/map`. */
export interface MapParams {
  /** A file of the driver. */
  readonly uri: string;
  /** Adds the picture: for a page of the editor, or for a file of its own. */
  readonly picture?: 'editor' | 'file';
}

interface Location {
  readonly uri: string;
  readonly range: Range;
}

export type MapItem = Omit<MapTreeItem, 'place' | 'covers' | 'children'> & {
  readonly place?: Location;
  readonly covers: readonly Location[];
  readonly children: readonly MapItem[];
};

/** Answer to `driverentry/map`; null when the file is of no driver. */
export interface MapAnswer {
  readonly name: string;
  readonly configuration?: string;
  readonly items: readonly MapItem[];
  readonly picture?: string;
}

export const registrationMap: RequestKind = {
  capabilities: () => ({}),
  register({ connection, documents, analyzer }) {
    connection.onRequest(
      'driverentry/map',
      async ({ uri, picture }: MapParams): Promise<MapAnswer | null> => {
        const map = await analyzer().registrationMap(canonicalUri(uri));
        if (!map || map.roots.length === 0) return null;
        const locate = (place: MapPlace): Location => ({
          uri: documents.clientUri(place.uri),
          range: place.range,
        });
        const convert = ({ place, covers, children, ...rest }: MapTreeItem): MapItem => ({
          ...rest,
          ...(place ? { place: locate(place) } : {}),
          covers: covers.map(locate),
          children: children.map(convert),
        });
        const { name, configuration } = map.driver;
        return {
          name,
          ...(configuration === undefined ? {} : { configuration }),
          items: mapTree(map).map(convert),
          ...(picture === undefined ? {} : { picture: mapAsSvg(map, { theme: picture }) }),
        };
      },
    );
  },
};
