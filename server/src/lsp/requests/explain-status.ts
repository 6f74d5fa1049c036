import {
  canonicalUri,
  hexadecimal,
  nameOf,
  type PlaceLinks,
  readStatus,
  statusDocument,
} from '../../index.ts';
import { placesOf } from '../documents.ts';
import type { RequestKind } from '../session.ts';

/** Parameters of `driverentry/explainStatus`. */
export interface ExplainStatusParams {
  /** As the user wrote it: a number or a name. */
  readonly text: string;
  /** A file of the driver; without one the drivers of all open files are looked at. */
  readonly uri?: string;
}

/** What it answers; null when the text is no status code. */
export interface ExplainStatusResult {
  readonly title: string;
  /** A document whose links lead to `file#L12,5`. */
  readonly markdown: string;
}

/** Parameters of `driverentry/readStatus`: is it a status code, and which? Asked with every key. */
export interface ReadStatusParams {
  readonly text: string;
}

export interface ReadStatusResult {
  /** `0xC0010005` */
  readonly value: string;
  readonly names: readonly string[];
  readonly meaning?: string;
}

/** Answers why a call returned a status code. */
export const explainStatus: RequestKind = {
  capabilities: () => ({}),
  register({ connection, documents, analyzer }) {
    connection.onRequest('driverentry/readStatus', ({ text }: ReadStatusParams): ReadStatusResult | null => {
      const status = readStatus(text, analyzer().catalog);
      if (!status) return null;
      return {
        value: hexadecimal(status.value),
        names: status.names,
        ...(status.entry ? { meaning: status.entry.meaning } : {}),
      };
    });
    connection.onRequest(
      'driverentry/explainStatus',
      async ({ text, uri }: ExplainStatusParams): Promise<ExplainStatusResult | null> => {
        const core = analyzer();
        const reports = await core.explainStatus(
          text,
          uri === undefined ? core.openUris : [canonicalUri(uri)],
        );
        const status = readStatus(text, core.catalog);
        if (!reports || !status) return null;
        const places = placesOf(documents, core);
        const positionOf: PlaceLinks['label'] = (place) => {
          const at = places.lines(place.uri)?.positionAt(place.range.start);
          return at ? `${at.line + 1}:${at.character + 1}` : '1:1';
        };
        const links: PlaceLinks = {
          label: (place) => `${nameOf(place.uri)}:${positionOf(place)}`,
          href: (place) => `${places.clientUri(place.uri)}#L${positionOf(place).replace(':', ',')}`,
          withPages: true,
        };
        const concerned = reports.filter(
          ({ report }, index) => index === 0 || report.calls.length > 0 || report.own.length > 0,
        );
        return {
          title: status.names[0] ?? hexadecimal(status.value),
          markdown: concerned
            .map(({ driver, report }) => statusDocument(report, driver, core.catalog, links))
            .join('\n\n---\n\n'),
        };
      },
    );
  },
};
