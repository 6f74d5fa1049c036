import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
}

const root = process.cwd();
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
const locked = Object.entries(lock.packages).filter(([path]) => path !== '');
const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** What ends up in the bundles, or beside them. Whoever adds one reads its licence, and lists it here. */
const SHIPPED = [
  '@rgrove/parse-xml',
  'balanced-match',
  'brace-expansion',
  'jsonc-parser',
  'minimatch',
  'semver',
  'tree-sitter-c',
  'vscode-jsonrpc',
  'vscode-languageclient',
  'vscode-languageserver',
  'vscode-languageserver-protocol',
  'vscode-languageserver-textdocument',
  'vscode-languageserver-types',
  'web-tree-sitter',
];
/** Licences under which something may be shipped with ours. */
const ALLOWED = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
]);

describe('dependencies', () => {
  test('the lock names exact versions with their hashes, and no registry', () => {
    assert.ok(locked.length > 50);
    for (const [path, { version, integrity, resolved }] of locked) {
      assert.match(version ?? '', /^\d+\.\d+\.\d+/, path);
      assert.match(integrity ?? '', /^sha512-/, path);
      assert.equal(resolved, undefined, path);
    }
  });

  test('nothing is installed with the package, and installing runs no scripts', () => {
    const manifest = JSON.parse(read('package.json')) as Record<string, unknown>;
    for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies']) {
      assert.equal(manifest[kind], undefined, kind);
    }
    assert.match(read('.npmrc'), /^ignore-scripts=true$/m);
  });

  test('what is shipped is listed, with licences that may be', () => {
    const notices = read('dist/ThirdPartyNotices.txt');
    const listed = notices.split(/^-{80}$/m).map((part) => part.trim().split('\n')[0] ?? '');
    const expected = SHIPPED.map((name) => {
      const { version = '', license = '' } = lock.packages[`node_modules/${name}`] ?? {};
      assert.ok(ALLOWED.has(license), `${name}: ${license}`);
      return `${name} ${version}`;
    });
    assert.deepEqual(listed, expected);
    // Each with the text of its licence.
    for (const part of notices.split(/^-{80}$/m)) assert.ok(part.trim().split('\n').length > 3, part);
  });

  test('no package is in a bundle but those', () => {
    const maps = readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.js.map'),
    );
    // A packed build has none; whoever packs it has the list made from the same bundles.
    const used = new Set(
      maps.flatMap((name) =>
        (JSON.parse(read(join('dist', name))) as { sources: string[] }).sources.flatMap((source) =>
          source.includes('node_modules/')
            ? [
                nameOf(source)
                  .split('/')
                  .slice(0, source.includes('node_modules/@') ? 2 : 1)
                  .join('/'),
              ]
            : [],
        ),
      ),
    );
    for (const name of used) assert.ok(SHIPPED.includes(name), `${name} is bundled and not listed`);
  });
});
