import {
  type ClientCapabilities,
  type CompletionItem,
  CompletionItemKind,
  CompletionTriggerKind,
  InsertTextFormat,
  MarkupKind,
} from 'vscode-languageserver';
import {
  canonicalUri,
  type Completion,
  COMPLETION_TRIGGERS,
  type CompletionKind,
  LineIndex,
  markdownToText,
  type Subject,
} from '../../index.ts';
import { toRange, toTextEdits } from '../convert.ts';
import type { RequestKind } from '../session.ts';

const KINDS: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  member: CompletionItemKind.Field,
  function: CompletionItemKind.Function,
  constant: CompletionItemKind.Constant,
  status: CompletionItemKind.EnumMember,
  declaration: CompletionItemKind.Interface,
  variable: CompletionItemKind.Variable,
};

/** Command of VS Code that shows suggestions; sent only to clients that say they have it. */
const SUGGEST = 'editor.action.triggerSuggest';

/** What an item carries to be explained later. */
interface Carried {
  readonly uri: string;
  readonly subject: Subject;
}

export const completion: RequestKind = {
  capabilities: () => ({
    completionProvider: { triggerCharacters: [...COMPLETION_TRIGGERS], resolveProvider: true },
  }),
  register({ connection, documents, client, analyzer }) {
    connection.onCompletion(async ({ textDocument, position, context }, token) => {
      const core = analyzer();
      const document = documents.get(textDocument.uri);
      if (!document) return null;
      const { version } = document;
      const uri = canonicalUri(textDocument.uri);
      const trigger =
        context?.triggerKind === CompletionTriggerKind.TriggerCharacter
          ? context.triggerCharacter
          : undefined;
      const offset = document.offsetAt(position);
      const found = await core.complete(uri, offset, trigger);
      // The ranges are those of this version.
      if (token.isCancellationRequested || document.version !== version) return null;
      const lines = new LineIndex(document.getText());
      const abilities = abilitiesOf(client());
      return found.map((item, index) => toItem(item, index, { uri, lines, offset, abilities }));
    });
    connection.onCompletionResolve(async (item) => {
      const carried = item.data as Carried | undefined;
      const markdown = carried && (await analyzer().documentationOf(carried.uri, carried.subject));
      if (markdown === undefined) return item;
      const formats = client().textDocument?.completion?.completionItem?.documentationFormat;
      const isMarkdown = formats?.includes(MarkupKind.Markdown) ?? false;
      return {
        ...item,
        documentation: {
          kind: isMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText,
          value: isMarkdown ? markdown : markdownToText(markdown),
        },
      };
    });
  },
};

interface Abilities {
  readonly snippets: boolean;
  readonly insertReplace: boolean;
  readonly labelDetails: boolean;
  readonly preselect: boolean;
  /** The client can show suggestions again when an item was taken. */
  readonly suggestsAgain: boolean;
}

function abilitiesOf({ textDocument, experimental }: ClientCapabilities): Abilities {
  const item = textDocument?.completion?.completionItem;
  const { commands }: { commands?: { commands?: unknown } } = (experimental ?? {}) as object;
  return {
    snippets: item?.snippetSupport === true,
    insertReplace: item?.insertReplaceSupport === true,
    labelDetails: item?.labelDetailsSupport === true,
    preselect: item?.preselectSupport === true,
    suggestsAgain: Array.isArray(commands?.commands) && commands.commands.includes(SUGGEST),
  };
}

interface ItemContext {
  readonly uri: string;
  readonly lines: LineIndex;
  readonly offset: number;
  readonly abilities: Abilities;
}

/**
 * No characters commit an item: who types `=` or `;` behind a name of his own must not get ours. Items of other
 * servers sort by letters and digits, so ours, which are few, begin with what comes before them.
 */
function toItem(
  item: Completion,
  index: number,
  { uri, lines, offset, abilities }: ItemContext,
): CompletionItem {
  const { label, detail, note, kind, range, filter, before, after, subject, edits = [] } = item;
  const isSnippet = abilities.snippets && after !== '';
  const newText = isSnippet ? `${escaped(before)}\${1}${escaped(after)}$0` : before;
  const whole = toRange(range, lines);
  const typed = toRange({ start: range.start, end: offset }, lines);
  const data: Carried | undefined = subject && { uri, subject };
  return {
    label,
    kind: KINDS[kind],
    detail,
    ...(abilities.labelDetails && note !== undefined ? { labelDetails: { description: note } } : {}),
    filterText: filter,
    sortText: `!${String(index).padStart(3, '0')}`,
    ...(item.isBest && abilities.preselect ? { preselect: true } : {}),
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: abilities.insertReplace
      ? { newText, insert: typed, replace: whole }
      : { newText, range: whole },
    ...(edits.length > 0 ? { additionalTextEdits: toTextEdits(edits, lines) } : {}),
    ...(item.continues && abilities.suggestsAgain ? { command: { title: label, command: SUGGEST } } : {}),
    ...(data ? { data } : {}),
  };
}

const escaped = (text: string): string => text.replace(/[\\$}]/g, '\\$&');
