/**
 * Prints how well the C grammar reads a folder: ERROR and MISSING nodes of the raw and of the masked text.
 *   parse-health DIR [--list N] [--grammar cpp.wasm] [--cpp-raw]
 */
import { readFileSync, readdirSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import type { MaskWords } from '../src/catalog/entry.ts';
import { decideBranches } from '../src/syntax/conditionals.ts';
import { scanDirectives } from '../src/syntax/directives.ts';
import { maskText } from '../src/syntax/mask.ts';
import { createParser, type SyntaxNode, type SyntaxParser } from '../src/syntax/parser.ts';
import { decodeText } from '../src/text/decode.ts';

/** Calls and names that make a function matter to this tool; only this measurement knows them. */
const REGISTRATION =
  /\b(NdisM?Register\w+|NdisFRegister\w+|NdisRegister\w+|HidRegister\w+|FltRegisterFilter|WdfDriverCreate|FwpsCalloutRegister\w*|StorPortInitialize|ScsiPortInitialize|VideoPortInitialize|KsInitializeDriver|PcInitializeAdapterDriver|DxgkInitialize\w*|WskRegister|IoRegister\w+|PsSet\w+NotifyRoutine\w*|CmRegisterCallback\w*|ObRegisterCallbacks|KeRegister\w+|NmrRegister\w+|SpbDeviceInitConfig|GPIO_CLX_RegisterClient|SerCx2?Initialize\w*|UcmInitialize\w*|MbbDeviceInitialize|NetAdapterCreate)\b/;

interface Sum {
  files: number;
  chars: number;
  raw: number;
  masked: number;
  clean: number;
  rawMs: number;
  maskMs: number;
  parseMs: number;
  functions: number;
  functionErrors: number;
  assumed: number;
}

const args = process.argv.slice(2);
const option = (name: string): string | undefined => {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args.splice(at, 2)[1];
};
const flag = (name: string): boolean => {
  const at = args.indexOf(name);
  return at >= 0 && args.splice(at, 1).length > 0;
};

async function main(): Promise<void> {
  const list = Number(option('--list') ?? '15');
  const grammar = option('--grammar') ?? 'node_modules/tree-sitter-c/tree-sitter-c.wasm';
  const show = option('--show');
  const asCpp = flag('--as-cpp');
  const only = option('--only');
  const skipRaw = flag('--skip-raw');
  const folder = args[0] ?? '.';
  const parser = await createParser({
    runtime: readFileSync('node_modules/web-tree-sitter/web-tree-sitter.wasm'),
    grammar: readFileSync(grammar),
  });
  const words = JSON.parse(readFileSync('server/src/catalog/data/words.json', 'utf8')) as MaskWords;
  const sums = new Map<string, Sum>();
  const starts = new Map<string, number>();
  const worst: { file: string; errors: number; raw: number }[] = [];

  for (const file of sourceFiles(folder)) {
    const extension = extname(file).toLowerCase();
    if (only !== undefined && !only.split(',').includes(extension)) continue;
    const kind = extension === '.c' ? '.c' : extension === '.h' ? '.h' : '.cpp';
    let sum = sums.get(kind);
    if (sum === undefined) {
      sum = {
        files: 0,
        chars: 0,
        raw: 0,
        masked: 0,
        clean: 0,
        rawMs: 0,
        maskMs: 0,
        parseMs: 0,
        functions: 0,
        functionErrors: 0,
        assumed: 0,
      };
      sums.set(kind, sum);
    }
    const { text } = decodeText(readFileSync(file));
    let at = performance.now();
    const directives = scanDirectives(text);
    // The same guess as the analyzer makes for headers.
    const isCplusplus =
      kind === '.cpp' || (kind === '.h' && /^\s*(?:class|namespace|template)\b/m.test(text));
    const options = { cplusplus: isCplusplus || asCpp };
    const branches = decideBranches(directives, new Map(), options);
    const { masked, assumed } = maskText(text, directives, branches, words, options);
    sum.maskMs += performance.now() - at;
    if (masked.length !== text.length) throw new Error(`${file}: masking moved offsets`);
    sum.files++;
    sum.chars += text.length;
    sum.assumed += assumed.length;
    at = performance.now();
    const errors: SyntaxError[] = [];
    let functionErrors = 0;
    parser.withTree(masked, (tree) => {
      if (sum !== undefined) sum.parseMs += performance.now() - at;
      errors.push(...errorsOf(tree.root, masked));
      const spans = registrationFunctions(masked);
      if (sum !== undefined) sum.functions += spans.length;
      for (const error of errors) {
        error.inRegistration = spans.some((span) => span.start <= error.end && error.start < span.end);
        if (error.inRegistration) functionErrors++;
      }
    });
    let raw = 0;
    if (!skipRaw) {
      at = performance.now();
      raw = parser.withTree(text, (tree) => {
        if (sum !== undefined) sum.rawMs += performance.now() - at;
        return errorsOf(tree.root, text).length;
      });
    }
    sum.raw += raw;
    sum.masked += errors.length;
    if (errors.length === 0) sum.clean++;
    sum.functionErrors += functionErrors;
    if (errors.length > 0) worst.push({ file: relative(folder, file), errors: errors.length, raw });
    for (const error of errors) {
      const key = `${kind} ${error.text}`;
      starts.set(key, (starts.get(key) ?? 0) + 1);
      if (
        show !== undefined &&
        (show === kind || file.endsWith(show) || (show === 'registration' && error.inRegistration))
      ) {
        const line = masked.slice(0, error.start).split('\n').length;
        console.log(
          `${relative(folder, file)}:${line}: ${error.kind} ${JSON.stringify(masked.slice(Math.max(0, error.start - 40), error.start).replace(/\s+/g, ' '))} >>> ${JSON.stringify(masked.slice(error.start, Math.min(error.end, error.start + 90)).replace(/\s+/g, ' '))}`,
        );
      }
    }
  }

  for (const [kind, sum] of sums) {
    console.log(
      `${kind}: ${sum.files} files, ${(sum.chars / 1e6).toFixed(1)} M characters; ERROR+MISSING ${sum.raw} raw, ${sum.masked} masked; ` +
        `${sum.clean} files without; ${sum.functionErrors} errors in ${sum.functions} registration functions; ${sum.assumed} assumed regions; ` +
        `ms: mask ${sum.maskMs.toFixed(0)}, parse ${sum.parseMs.toFixed(0)} masked, ${sum.rawMs.toFixed(0)} raw`,
    );
  }
  console.log('\nfirst token at errors:');
  for (const [key, count] of [...starts].toSorted((a, b) => b[1] - a[1]).slice(0, list))
    console.log(`${count}\t${key}`);
  console.log('\nworst files:');
  for (const one of worst.toSorted((a, b) => b.errors - a.errors).slice(0, list))
    console.log(`${one.errors}\t(raw ${one.raw})\t${one.file}`);
}

function* sourceFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true }).toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== '.git' && entry.name !== 'node_modules') yield* sourceFiles(path);
    } else if (/\.(c|cpp|cxx|cc|h|hpp)$/i.test(entry.name)) yield path;
  }
}

interface SyntaxError {
  kind: string;
  text: string;
  start: number;
  end: number;
  inRegistration: boolean;
}

/** ERROR and MISSING nodes; only subtrees that contain one are entered. */
function errorsOf(root: SyntaxNode, text: string): SyntaxError[] {
  const found: SyntaxError[] = [];
  const todo: SyntaxNode[] = [root];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (!node.hasError) continue;
    if (node.isError || node.isMissing) {
      const token = node.isMissing
        ? `MISSING ${node.type}`
        : (/^(\w+|.)/.exec(text.slice(node.startIndex, node.startIndex + 60))?.[0] ?? '');
      found.push({
        kind: node.isMissing ? 'MISSING' : 'ERROR',
        text: token,
        start: node.startIndex,
        end: node.endIndex,
        inRegistration: false,
      });
    }
    for (const child of node.children) if (child !== null) todo.push(child);
  }
  return found.toSorted((a, b) => a.start - b.start);
}

/** Bodies at brace level 0 (by counting, not by parsing) that mention a registration call or are DriverEntry's. */
function registrationFunctions(masked: string): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  const plain = masked.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, (s) => ' '.repeat(s.length));
  let depth = 0;
  let start = 0;
  for (const match of plain.matchAll(/[{}]/g)) {
    const at = match.index;
    if (match[0] === '{') {
      if (depth++ === 0) start = at;
    } else if (depth > 0 && --depth === 0) {
      const before = plain.slice(Math.max(0, start - 400), start);
      if (!/\)\s*$/.test(before)) continue;
      const entry = /\bDriverEntry\s*\([^()]*\)\s*$/.test(before);
      if (entry || REGISTRATION.test(plain.slice(start, at))) spans.push({ start, end: at });
    }
  }
  return spans;
}

export type { SyntaxParser };
main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
