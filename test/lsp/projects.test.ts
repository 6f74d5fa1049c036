import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { FileChangeType, type Diagnostic } from 'vscode-languageserver-protocol/node';
import { LanguageClient } from '../support/language-client.ts';

const GOOD = readFileSync(join(process.cwd(), 'examples/good/ndis-miniport/driver.c'), 'utf8');
const UNDER_IF = GOOD.replace(
  '= MPPause;',
  '= MPPause;\n#if NO_PAUSE\n    chars.PauseHandler = NULL;\n#endif',
);

const project = (value: string) => `<Project>
  <ItemGroup><ProjectConfiguration Include="Debug|x64"/><ProjectConfiguration Include="Release|x64"/></ItemGroup>
  <ItemDefinitionGroup><ClCompile><PreprocessorDefinitions>NO_PAUSE=${value}</PreprocessorDefinitions></ClCompile></ItemDefinitionGroup>
  <ItemGroup><ClCompile Include="driver (1).c"/></ItemGroup></Project>`;

const rulesOf = (list: readonly Diagnostic[]) => list.map(({ code }) => code);

describe(
  'a workspace with a project, in a folder that clients spell in several ways',
  { timeout: 60_000 },
  () => {
    let root = '';
    let client: LanguageClient;
    const uriOf = (name: string) => pathToFileURL(join(root, name)).href;
    const write = (name: string, text: string) => {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    };

    before(async () => {
      root = mkdtempSync(join(tmpdir(), 'driver+entry (lsp) '));
      write('driver (1).c', UNDER_IF);
      write('mp.vcxproj', project('1'));
      client = await LanguageClient.start({ rootUri: pathToFileURL(root).href });
    });
    after(() => {
      client?.kill();
      rmSync(root, { recursive: true });
    });

    test('is read under the project, and answered in the spelling of the client', async () => {
      const uri = uriOf('driver (1).c');
      assert.match(uri, /\(1\)/, 'a spelling that is not the one used inside');
      await client.open(uri, UNDER_IF);
      const [found] = await client.diagnostics(uri);
      assert.ok(found);
      assert.equal(found.code, 'missing-required-handler');
      const [fix] = await client.codeActions(uri, found.range, [found]);
      assert.ok(fix);
      const [change] = fix.edit?.documentChanges ?? [];
      assert.ok(change && 'textDocument' in change);
      assert.deepEqual(change.textDocument, { uri, version: 1 });
    });

    test('the status names driver and configuration of the active file', async () => {
      await client.activate(uriOf('driver (1).c'));
      const status = await client.statusWhere(({ project: name }) => name !== undefined);
      assert.equal(status.project, 'mp');
      assert.equal(status.configuration, 'Debug|x64');
      assert.deepEqual(status.configurations, ['Debug|x64', 'Release|x64']);
    });

    test('a project that changes on the disk changes the findings', async () => {
      const uri = uriOf('driver (1).c');
      write('mp.vcxproj', project('0'));
      await client.filesChanged([{ uri: uriOf('mp.vcxproj'), type: FileChangeType.Changed }]);
      assert.deepEqual(rulesOf(await client.diagnosticsWhere(uri, (list) => list.length === 0)), []);
    });

    test('a project that breaks has one finding on its first line, until it is mended', async () => {
      const uri = uriOf('mp.vcxproj');
      write('mp.vcxproj', '<Project>\n<ItemGroup><ClCompile Include="driver (1).c"/>');
      await client.filesChanged([{ uri, type: FileChangeType.Changed }]);
      // It has no document, so it is named as the core spells it.
      const own = uri.replace(/[^/]*\/mp\.vcxproj$/, (name) =>
        name.replace(/[!'()*+]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
      );
      const [found] = await client.diagnosticsWhere(own, (list) => list.length > 0);
      assert.deepEqual(
        [found?.source, found?.code, found?.severity, found?.range.start.line],
        ['driverentry', 'project-file', 2, 0],
      );
      assert.match(
        typeof found?.message === 'string' ? found.message : '',
        /^mp\.vcxproj cannot be read: its XML is broken at line 2/,
      );
      write('mp.vcxproj', project('1'));
      await client.filesChanged([{ uri, type: FileChangeType.Changed }]);
      await client.diagnosticsWhere(own, (list) => list.length === 0);
      await client.diagnosticsWhere(uriOf('driver (1).c'), (list) =>
        rulesOf(list).includes('missing-required-handler'),
      );
    });

    test('a header that is edited reaches the files that include it', async () => {
      write(
        'part/part.c',
        GOOD.replace('#include <ndis.h>', '#include <ndis.h>\n#include "v.h"').replace(
          'Version = 30',
          'Version = MINOR',
        ),
      );
      write('part/v.h', '#define MINOR 30\n');
      await client.filesChanged([{ uri: uriOf('part'), type: FileChangeType.Created }]);
      const uri = uriOf('part/part.c');
      await client.open(uri, readFileSync(join(root, 'part/part.c'), 'utf8'));
      assert.deepEqual(rulesOf(await client.diagnostics(uri)), []);
      await client.open(uriOf('part/v.h'), '#define MINOR 30\n');
      await client.change(uriOf('part/v.h'), [{ text: '#define MINOR 31\n' }]);
      await client.diagnosticsWhere(uri, (list) => rulesOf(list).includes('unsupported-ndis-version'));
      await client.close(uriOf('part/v.h'));
      await client.diagnosticsWhere(uri, (list) => list.length === 0);
      assert.equal(client.stderr, '');
    });
  },
);
