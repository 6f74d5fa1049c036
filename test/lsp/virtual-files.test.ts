import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Diagnostic } from 'vscode-languageserver-protocol/node';
import { LanguageClient, type StartOptions } from '../support/language-client.ts';

const SPLIT = 'examples/faulty/ndis-filter-split';
const RULE = 'not-deregistered-on-failure-path';

const exampleTexts = (): Map<string, string> =>
  new Map(
    readdirSync(join(process.cwd(), SPLIT)).map((name) => [
      name,
      readFileSync(join(process.cwd(), SPLIT, name), 'utf8'),
    ]),
  );

/** A client with files of its own, by name in one folder, as VS Code has them of virtual workspaces. */
class VirtualFolder {
  readonly texts: Map<string, string>;
  readonly root: string;
  /** Messages, and what they asked for. */
  readonly asked: string[][] = [];

  constructor(root: string, texts: Map<string, string>) {
    this.root = root;
    this.texts = texts;
  }

  uri(name: string): string {
    return `${this.root}/${name}`;
  }

  get options(): StartOptions {
    return {
      rootUri: this.root,
      initializationOptions: { workspaceFiles: true },
      answers: {
        'driverentry/fs/readFiles': ({ uris, limit }: { uris: string[]; limit: number }) => {
          this.asked.push(uris);
          return uris.map((uri) => {
            const text = this.texts.get(decodeURIComponent(uri.slice(this.root.length + 1)));
            if (text === undefined || !uri.startsWith(`${this.root}/`)) return null;
            const size = Buffer.byteLength(text);
            return size > limit ? { size } : { size, content: Buffer.from(text).toString('base64') };
          });
        },
        'driverentry/fs/readDirectories': ({ uris }: { uris: string[] }) => {
          this.asked.push(uris);
          return uris.map((uri) => {
            const start = decodeURIComponent(`${uri}/`.replace(/\/+$/, '/')).slice(this.root.length + 1);
            if (!uri.startsWith(this.root)) return null;
            const inside = [...this.texts.keys()].filter((name) => name.startsWith(start));
            const names = new Map(
              inside.map((name) => {
                const [first = '', ...more] = name.slice(start.length).split('/');
                return [first, more.length > 0];
              }),
            );
            return names.size > 0 ? [...names] : null;
          });
        },
      },
    };
  }
}

const byRule = (found: Diagnostic[], rule: string) => found.filter(({ code }) => code === rule);

describe('a folder that is on no disk', { timeout: 60_000 }, () => {
  for (const root of ['vscode-vfs://github/someone/driver', 'memfs:/driver', 'tmp:/my%20drivers/lwf']) {
    test(`${root} is read through the client, in few messages`, async (t) => {
      const folder = new VirtualFolder(root, exampleTexts());
      const client = await LanguageClient.start(folder.options);
      t.after(() => client.kill());
      const uri = folder.uri('driver.c');
      await client.open(uri, folder.texts.get('driver.c') ?? '');
      const [finding] = byRule(await client.diagnostics(uri), RULE);
      assert.ok(finding, 'nothing found across files');
      const places = finding.relatedInformation?.map(({ location }) => location.uri) ?? [];
      assert.ok(places.includes(folder.uri('register.c')), places.join(' '));
      for (const uris of folder.asked) for (const each of uris) assert.ok(each.startsWith(root), each);
      assert.ok(folder.asked.length <= 6, `${folder.asked.length} messages: ${JSON.stringify(folder.asked)}`);

      const [fix] = await client.codeActions(uri, finding.range, [finding]);
      assert.ok(fix);
      await client.apply(fix);
      assert.deepEqual(byRule(await client.diagnostics(uri), RULE), []);
      assert.equal(await client.shutdown(), 0);
    });
  }

  test('projects and includes are found whatever their case', async (t) => {
    const texts = exampleTexts();
    const inSource = new Map<string, string>([...texts].map(([name, text]) => [`Source/${name}`, text]));
    inSource.set(
      'lwf.vcxproj',
      `<?xml version="1.0"?><Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><ItemGroup>${[
        ...texts.keys(),
      ]
        .filter((name) => name.endsWith('.c'))
        .map((name) => `<ClCompile Include="SOURCE\\${name.toUpperCase()}" />`)
        .join('')}</ItemGroup></Project>`,
    );
    const folder = new VirtualFolder('vscode-vfs://github/someone/driver', inSource);
    const client = await LanguageClient.start(folder.options);
    t.after(() => client.kill());
    const uri = folder.uri('Source/driver.c');
    const text = (texts.get('driver.c') ?? '').replace('"filter.h"', '"FILTER.H"');
    await client.open(uri, text);
    assert.equal(byRule(await client.diagnostics(uri), RULE).length, 1);
    await client.activate(uri);
    const status = await client.statusWhere(({ project }) => project !== undefined);
    assert.equal(status.project, 'lwf');
  });

  test('without a client that reads it, open files are looked at alone', async (t) => {
    const folder = new VirtualFolder('memfs:/driver', exampleTexts());
    const client = await LanguageClient.start({ rootUri: folder.root });
    t.after(() => client.kill());
    const uri = folder.uri('driver.c');
    await client.open(uri, folder.texts.get('driver.c') ?? '');
    assert.deepEqual(byRule(await client.diagnostics(uri), RULE), []);
    assert.equal(await client.shutdown(), 0);
    assert.equal(client.stderr, '');
  });

  test('a client that fails to answer costs nothing but the files', async (t) => {
    const folder = new VirtualFolder('memfs:/driver', exampleTexts());
    const fail = () => Promise.reject(new Error('no such request'));
    const client = await LanguageClient.start({
      ...folder.options,
      answers: { 'driverentry/fs/readFiles': fail, 'driverentry/fs/readDirectories': fail },
    });
    t.after(() => client.kill());
    const uri = folder.uri('driver.c');
    await client.open(uri, folder.texts.get('driver.c') ?? '');
    assert.deepEqual(byRule(await client.diagnostics(uri), RULE), []);
    assert.equal(await client.shutdown(), 0);
  });
});
