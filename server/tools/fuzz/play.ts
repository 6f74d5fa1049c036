import { memoryWorkspace, type MemoryWorkspace } from '../../../test/support/analyse.ts';
import type { Catalog } from '../../src/catalog/catalog.ts';
import type { SyntaxParser } from '../../src/syntax/parser.ts';
import { brokenNodes } from '../mutate/apply.ts';
import { checkFixes, checkRanges, checkSafeFixes, compare, type Counts, diagnose, uriOf } from './checks.ts';
import { isSource } from './corpus.ts';
import { Failure, placeOf } from './failure.ts';
import { createRandom } from './random.ts';
import type { Edit, Session } from './session.ts';
import { withTree } from './tree.ts';
import type { Watchdog } from './watchdog.ts';

/** Opens a workspace; tests hand in one that is wrong. */
export type OpenWorkspace = (
  files: Readonly<Record<string, string>>,
  settings: unknown,
) => Promise<MemoryWorkspace>;

export interface PlayTools {
  readonly catalog: Catalog;
  readonly parser: SyntaxParser;
  readonly counts: Counts;
  /** Milliseconds that one analysis may take. */
  readonly limit: number;
  /** Fixes of one file that are tried at a time. */
  readonly mostFixes: number;
  readonly open?: OpenWorkspace;
  /** Told of each session and each edit before it is made. */
  readonly watchdog?: Pick<Watchdog, 'begin' | 'step'>;
}

/** Plays a session. Resolves to the first failure and the number of edits up to it, if there is one. */
export async function play(
  session: Session,
  tools: PlayTools,
): Promise<{ failure: Failure; edits: number } | undefined> {
  const opened: MemoryWorkspace[] = [];
  let done = 0;
  try {
    const open = async (files: Readonly<Record<string, string>>): Promise<MemoryWorkspace> => {
      const workspace = await (tools.open ?? memoryWorkspace)(files, session.settings);
      opened.push(workspace);
      return workspace;
    };
    tools.watchdog?.begin(session);
    const disk: Record<string, string> = { ...session.files };
    const editors = new Map<string, string>();
    const workspace = await open(disk);
    for (const name of Object.keys(disk).filter(isSource))
      await diagnose(workspace, name, checkTools(session, tools));
    for (const edit of session.edits) {
      done++;
      tools.counts.edits++;
      tools.watchdog?.step(done);
      applyEdit(edit, workspace, disk, editors);
      await checkEdit(edit, session, { workspace, disk, editors, open }, tools);
    }
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return { failure: error, edits: done };
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { failure: new Failure('exception', placeOf(error), text), edits: done };
  } finally {
    for (const workspace of opened) workspace.analyzer.dispose();
  }
}

interface Stage {
  readonly workspace: MemoryWorkspace;
  readonly disk: Readonly<Record<string, string>>;
  readonly editors: ReadonlyMap<string, string>;
  readonly open: (files: Readonly<Record<string, string>>) => Promise<MemoryWorkspace>;
}

function applyEdit(
  { kind, name, text }: Edit,
  { analyzer, write }: MemoryWorkspace,
  disk: Record<string, string>,
  editors: Map<string, string>,
): void {
  if (kind === 'close') {
    editors.delete(name);
    analyzer.apply({ kind: 'close', uri: uriOf(name) });
  } else if (kind === 'text') {
    editors.set(name, text ?? '');
    analyzer.apply({ kind: 'text', uri: uriOf(name), text: text ?? '', version: 1 });
  } else {
    if (text === undefined) delete disk[name];
    else disk[name] = text;
    write(name, text);
  }
}

async function checkEdit(edit: Edit, session: Session, stage: Stage, tools: PlayTools): Promise<void> {
  const { workspace, disk, editors } = stage;
  const check = checkTools(session, tools);
  const random = createRandom(edit.roll);
  const names = [...new Set([...Object.keys(disk), ...editors.keys()])].filter(isSource).toSorted();
  const asked = edit.isFull ? names : [...new Set([edit.name, random.pick(names) ?? edit.name])];
  const own = new Map<string, Awaited<ReturnType<typeof diagnose>>>();
  for (const name of asked) {
    const diagnosis = await diagnose(workspace, name, check);
    own.set(name, diagnosis);
    if (!diagnosis) continue;
    checkRanges(workspace, diagnosis);
    if (name === edit.name) {
      await workspace.analyzer.hover(uriOf(name), random.below(diagnosis.file.text.length + 1));
    }
  }
  if (!edit.isFull) return;
  const fresh = await stage.open(disk);
  for (const [name, text] of editors) {
    fresh.analyzer.apply({ kind: 'text', uri: uriOf(name), text, version: 1 });
  }
  for (const name of asked) compare(name, own.get(name), await diagnose(fresh, name, check));
  for (const name of asked) await checkFixes(fresh, name, check, random, tools.mostFixes);
  for (const name of asked) await checkSafeFixes(fresh, name, check);
}

function checkTools(session: Session, { counts, limit, catalog, parser }: PlayTools) {
  const { defines = [] } = session.settings as { defines?: readonly string[] };
  const macros = new Map(
    defines.map((define): [string, string] => {
      const [name = '', value = '1'] = define.split('=');
      return [name, value];
    }),
  );
  return {
    counts,
    limit,
    brokenNodes(uri: string, text: string): number {
      const language = /\.(?:cc|cpp|cxx|hpp)$/i.test(uri) ? 'cpp' : 'c';
      return withTree(parser, catalog, { text, language, defines: macros }, brokenNodes) ?? 1;
    },
  };
}
