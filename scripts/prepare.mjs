// Builds the command line for whoever installs from git, as pre-commit does. In a clone that is built it does nothing.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
if (existsSync(join(root, 'dist/cli.js'))) process.exit();

/** Ends with the exit code of the command when it fails. Its output is not for standard output, which npm reads. */
function run(command, args, env) {
  const shell = process.platform === 'win32' && command === 'npm'; // where npm is a script of the shell
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], env, shell });
  if (error) console.error(`${command} cannot be started: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

// `npm install --global` of a git repository prepares it without its development dependencies: the settings of the
// outer npm reach the inner one through the environment.
if (!existsSync(join(root, 'node_modules/esbuild'))) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_config_(?:global|location|prefix|omit|include)$/i.test(name),
    ),
  );
  run('npm', ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund'], env);
}
run(process.execPath, [join(root, 'scripts/build.mjs'), '--production'], process.env);
