import { appendFileSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { type CommandHost, EXIT } from '../command.ts';
import type { Outcome } from './outcome.ts';
import { toGithub } from './report-github.ts';
import { toGitlab } from './report-gitlab.ts';
import { toSarif } from './report-sarif.ts';
import { toSummary } from './report-summary.ts';
import { toJson, toText } from './report.ts';
import type { CheckOptions } from './run.ts';

/** Writes the outcome where it was asked for. Returns the exit code, which a file that cannot be written makes 2. */
export function publish(outcome: Outcome, options: CheckOptions, host: CommandHost): number {
  const sarif = () =>
    `${JSON.stringify(toSarif(outcome, { version: host.version, configuration: options.configuration }), null, 2)}\n`;
  const workspace = host.env['GITHUB_WORKSPACE'] || host.env['CI_PROJECT_DIR'];
  /** How a file is called in the repository that is checked out. */
  const inRepository = (path: string): string => {
    const name = workspace ? relative(workspace, resolve(host.cwd, path)).replaceAll('\\', '/') : path;
    return name.startsWith('../') || isAbsolute(name) ? path : name;
  };
  switch (options.format) {
    case 'text':
      host.write(toText(outcome.reports, host.colour));
      break;
    case 'json':
      host.write(`${JSON.stringify(toJson(outcome.reports), null, 2)}\n`);
      break;
    case 'sarif':
      host.write(sarif());
      break;
    case 'github':
      host.write(toGithub(outcome, inRepository));
      break;
    case 'gitlab':
      host.write(`${JSON.stringify(toGitlab(outcome.reports, inRepository), null, 2)}\n`);
      break;
  }
  let { exitCode } = outcome;
  const write = (name: string | undefined, act: (path: string) => void) => {
    if (name === undefined) return;
    try {
      act(resolve(host.cwd, name));
    } catch (error) {
      host.complain(`${name}: cannot be written: ${(error as Error).message}`);
      exitCode = EXIT.usageOrIo;
    }
  };
  write(options.sarifFile, (path) => host.save(path, new TextEncoder().encode(sarif())));
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = host.env;
  const link = (path: string, line: number) =>
    server && repository && commit
      ? `${server}/${repository}/blob/${commit}/${inRepository(path).split('/').map(encodeURIComponent).join('/')}#L${line}`
      : undefined;
  write(options.summary, (path) => appendFileSync(path, toSummary(outcome, link)));
  return exitCode;
}
