import { readFileSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { version } from '../../../package.json';
import { InstallationError, loadCatalog } from '../host/node-host.ts';
import { canonicalUri, explain, RULES } from '../index.ts';
import { parseCommand, UsageError } from './arguments.ts';
import { runCheck } from './check.ts';

/** Exit codes of the contract. */
const OK = 0;
const USAGE_OR_IO = 2;

/** Path of an address; the address itself when no file of this system can have it, such as `file://server/x`. */
function pathOf(uri: string): string {
  try {
    return fileURLToPath(uri);
  } catch {
    return uri;
  }
}

async function main(argv: readonly string[]): Promise<number> {
  const command = parseCommand(argv);
  switch (command.command) {
    case 'help':
      process.stdout.write(command.text);
      return OK;
    case 'version':
      process.stdout.write(`${version}\n`);
      return OK;
    case 'lsp':
      if (!process.argv.includes('--stdio')) process.argv.push('--stdio');
      await import('../lsp/main.ts');
      return -1; // the connection decides when to end
    case 'rules': {
      const rules = RULES.map(({ id, severity, stage, defaultOff, summary }) => ({
        id,
        severity: defaultOff ? 'off' : severity,
        stage,
        summary,
      }));
      process.stdout.write(
        command.format === 'json'
          ? `${JSON.stringify(rules, null, 2)}\n`
          : rules
              .map(
                (rule) =>
                  `${rule.id.padEnd(34)} ${rule.severity.padEnd(12)} ${rule.stage.padEnd(8)} ${rule.summary}\n`,
              )
              .join(''),
      );
      return OK;
    }
    case 'explain': {
      const catalog = loadCatalog(__dirname);
      const results = command.names.map((name) => ({ name, found: explain(name, catalog, RULES) }));
      if (command.format === 'json') {
        process.stdout.write(
          `${JSON.stringify(
            results.map(({ name, found }) => ({
              name,
              explanations: found.map(({ title, kind, markdown, url }) => ({ title, kind, markdown, url })),
            })),
            null,
            2,
          )}\n`,
        );
      } else {
        const texts = results.flatMap(({ found }) =>
          found.map((item) => (command.format === 'markdown' ? item.markdown : item.text)),
        );
        if (texts.length > 0) process.stdout.write(`${texts.join('\n\n')}\n`);
      }
      const unknown = results.filter(({ found }) => found.length === 0);
      for (const { name } of unknown) {
        process.stderr.write(
          `driverentry: nothing is known of "${name}"; names are case-sensitive, and codes are written 0xC0010005 or -1073676283\n`,
        );
      }
      return unknown.length > 0 ? USAGE_OR_IO : OK;
    }
    case 'check':
      return runCheck(command, {
        folder: __dirname,
        version,
        cwd: process.cwd(),
        readStdin: () => new Uint8Array(readFileSync(0)),
        write: (text) => process.stdout.write(text),
        complain: (text) => process.stderr.write(`driverentry: ${text}\n`),
        save: (path, bytes) => writeFileSync(path, bytes),
        progress: process.stderr.isTTY ? (text) => process.stderr.write(text) : undefined,
        colour: process.stdout.isTTY && !process.env['NO_COLOR'],
        toUri: (path) => canonicalUri(pathToFileURL(path).href),
        toPath: pathOf,
        relative: (path) => relative(process.cwd(), resolve(path)).replaceAll('\\', '/'),
      });
  }
}

main(process.argv.slice(2)).then(
  (code) => {
    if (code >= 0) process.exitCode = code;
  },
  (error: unknown) => {
    const known = error instanceof UsageError || error instanceof InstallationError;
    process.stderr.write(
      `driverentry: ${known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = USAGE_OR_IO;
  },
);
