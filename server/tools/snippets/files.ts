import type { Catalog } from '../../src/catalog/catalog.ts';
import { callSnippet } from './calls.ts';
import { hidScaffold } from './hid.ts';
import { ndisScaffolds } from './ndis.ts';
import type { Snippet } from './parts.ts';

/** Files of `snippets/` by name, as JSON text. Handlers, prototypes, constants and versions come from the catalogue. */
export function snippetFiles(catalog: Catalog): Map<string, string> {
  const ndis: Record<string, Snippet> = {};
  const hid: Record<string, Snippet> = {};
  for (const [name, snippet] of ndisScaffolds(catalog)) ndis[name] = snippet;
  hid['HID minidriver'] = hidScaffold(catalog);
  for (const call of catalog.calls.values()) {
    if (call.purpose !== 'register' || !call.registration) continue;
    const target = call.header.startsWith('hid') ? hid : ndis;
    target[`Call ${call.name}`] = callSnippet(call, catalog);
  }
  const text = (snippets: Record<string, Snippet>) =>
    `${JSON.stringify(Object.fromEntries(Object.entries(snippets).map(([name, snippet]) => [name, { ...snippet, body: withFirstStop(snippet.body) }])), null, 2)}\n`;
  return new Map([
    ['hid.code-snippets', text(hid)],
    ['ndis.code-snippets', text(ndis)],
  ]);
}

/** The scaffolds among the snippets: text by prefix. New drivers are made of them. */
export function scaffolds(catalog: Catalog): Record<string, readonly string[]> {
  const all = [...ndisScaffolds(catalog), ['HID minidriver', hidScaffold(catalog)] as const];
  return Object.fromEntries(all.map(([, { prefix, body }]) => [prefix, withFirstStop(body)]));
}

/** Only the first `${1:My}` carries the default; the others follow it. */
function withFirstStop(body: readonly string[]): string[] {
  const seen = new Set<string>();
  return body.map((line) =>
    line.replace(/\$\{(\d+)([:|])((?:[^{}]|\{[^{}]*\})*)\}/g, (whole, index: string) => {
      if (seen.has(index)) return `\${${index}}`;
      seen.add(index);
      return whole;
    }),
  );
}
