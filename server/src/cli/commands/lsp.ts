import { defineCommand, flag, value } from '../command.ts';

/** `driverentry lsp`: the language server in this process. */
export const lsp = defineCommand({
  name: 'lsp',
  operands: '',
  summary: 'language server on standard input and output',
  // The connection reads them from the process's arguments; they are listed to be known and explained.
  options: {
    stdio: flag('speak on standard input and output, as without it'),
    'node-ipc': flag('speak over the channel of a Node parent process'),
    socket: value('PORT', 'connect to a port of this machine'),
    pipe: value('NAME', 'connect to a pipe'),
    clientProcessId: value('PID', 'end when that process ends'),
  },
  async run(options) {
    const chosen = options['node-ipc'] || options.socket !== undefined || options.pipe !== undefined;
    if (!chosen && !options.stdio) process.argv.push('--stdio');
    await import('../../lsp/main.ts');
    return undefined; // the connection decides when to end
  },
});
