import { type Catalog, pageUrl } from '../../catalog/catalog.ts';
import type { CallEntry, Parameter, Registration } from '../../catalog/entry.ts';
import type { CallFact } from '../../driver/facts.ts';
import {
  blocks,
  bullets,
  code,
  codes,
  fact,
  footer,
  heading,
  irqlText,
  listed,
  type Page,
  prose,
  section,
  snippet,
  table,
} from './build.ts';
import { callPrototype } from './prototype.ts';

/** A function the driver calls. With a call of the driver, its own arguments stand in the table. */
export function callPage(entry: CallEntry, catalog: Catalog, call?: CallFact): Page {
  const { returns, registration } = entry;
  const say = (text: string) => prose(text, catalog);
  const successMacros = codes(catalog.idioms.successMacros);
  return {
    title: entry.name,
    kind: 'function',
    url: pageUrl(entry.page),
    markdown: blocks(
      heading(entry.name, registration ? `registers ${withArticle(registration.noun)}` : 'function'),
      say(entry.summary),
      bullets([
        fact('Runs at', irqlText(entry.irql, catalog)),
        fact('Where', entry.context && say(entry.context.text)),
        fact('Undo', registration?.undo && say(registration.undo.text)),
        fact('Undoes', listed(undoneBy(entry, catalog).map(code))),
        fact('Callbacks', registration && callbacksText(registration)),
        fact(
          'Test',
          returns.test === 'exact'
            ? `compare with ${code(returns.success ?? '')}; one failure code has success severity, and ${successMacros} misses it.`
            : undefined,
        ),
      ]),
      callPrototype(entry),
      call
        ? table(
            ['Parameter', 'Here', 'Meaning'],
            entry.parameters.map((parameter, i) => [
              nameCell(parameter),
              snippet(call.arguments[i]?.text ?? ''),
              say(parameter.meaning),
            ]),
          )
        : table(
            ['Parameter', 'Meaning'],
            entry.parameters.map((parameter) => [nameCell(parameter), say(parameter.meaning)]),
          ),
      table(
        ['Returns', 'Meaning', 'Likely cause'],
        (returns.codes ?? []).map((item) => [
          code(item.status),
          say(item.meaning),
          item.cause ? say(item.cause) : '',
        ]),
      ),
      section('Before', (entry.before ?? []).map(say)),
      section('During the call', (entry.during ?? []).map(say)),
      section('After', (entry.after ?? []).map(say)),
      section('Notes', (entry.notes ?? []).map(say)),
      footer(
        entry.page,
        code(entry.header),
        entry.library && code(entry.library),
        entry.platform,
        entry.since,
        entry.compliance && `verifier rules ${codes(entry.compliance)}`,
      ),
    ),
  };
}

/** Cell of a parameter. */
const nameCell = ({ name: parameter, direction, optional }: Parameter): string =>
  `${code(parameter)}${direction === 'in' ? '' : direction === 'out' ? ' (out)' : ' (in, out)'}${optional ? ' (optional)' : ''}`;

/** A plural needs no article. */
const withArticle = (noun: string): string =>
  noun.endsWith('s') ? noun : `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;

/** Registrations that this call takes back. */
const undoneBy = ({ name }: CallEntry, catalog: Catalog): string[] =>
  [...catalog.calls.values()]
    .filter((other) => other.registration?.undo?.call === name && other.name !== name)
    .map((other) => other.name);

const EARLIEST: Readonly<Record<Registration['earliestCallback'], string>> = {
  insideCall: 'can run before the call returns; what they use must be ready',
  afterEntry: 'run once the driver entry routine has returned',
  afterStart: 'run after a later call starts them',
  never: '',
};

const callbacksText = (registration: Registration): string => {
  const text = EARLIEST[registration.earliestCallback];
  return (
    text &&
    `${text}.${registration.copiesTable ? ' The table is copied, so it may be a local variable.' : ''}`
  );
};
