import { readFileSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { version } from '../../../package.json';
import { InstallationError } from '../host/node-host.ts';
import { canonicalUri } from '../index.ts';
import { parseArguments } from './arguments.ts';
import { type CommandHost, EXIT, UsageError } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { commandHelp, programHelp } from './help.ts';

/** Path of an address; the address itself when no file of this system can have it, such as `file://server/x`. */
function pathOf(uri: string): string {
  try {
    return fileURLToPath(uri);
  } catch {
    return uri;
  }
}

const host: CommandHost = {
  folder: __dirname,
  version,
  cwd: process.cwd(),
  env: process.env,
  readStdin: () => new Uint8Array(readFileSync(0)),
  write: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(`driverentry: ${text}\n`),
  save: (path, bytes) => writeFileSync(path, bytes),
  progress: process.stderr.isTTY ? (text) => process.stderr.write(text) : undefined,
  colour: process.stdout.isTTY && !process.env['NO_COLOR'],
  toUri: (path) => canonicalUri(pathToFileURL(path).href),
  toPath: pathOf,
  // An address that no file of this system can have stays as it is.
  relative: (path) =>
    /^[a-z]{2,}:\/\//i.test(path) ? path : relative(process.cwd(), resolve(path)).replaceAll('\\', '/'),
};

async function main(argv: readonly string[]): Promise<number | undefined> {
  const request = parseArguments(argv, COMMANDS);
  switch (request.kind) {
    case 'version':
      host.write(`${version}\n`);
      return EXIT.ok;
    case 'help':
      host.write(request.command ? commandHelp(request.command) : programHelp(COMMANDS));
      return EXIT.ok;
    case 'run':
      // `parseArguments` made the options from the command's own table.
      return request.command.run(request.options as never, request.operands, host);
  }
}

main(process.argv.slice(2)).then(
  (code) => {
    if (code !== undefined) process.exitCode = code;
  },
  (error: unknown) => {
    const known = error instanceof UsageError || error instanceof InstallationError;
    host.complain(
      known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error),
    );
    process.exitCode = EXIT.usageOrIo;
  },
);
