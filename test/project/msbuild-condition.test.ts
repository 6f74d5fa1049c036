import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expand, holds, pathsAskedFor } from '../../server/src/project/msbuild-condition.ts';

const PROPERTIES: Readonly<Record<string, string>> = {
  Configuration: 'Win10 Debug',
  Platform: 'x64',
  Empty: '',
  Target: '0x0A00',
  Win8: '0x602',
  Kit: '10.0.26100.0',
};
const scope = {
  property: (name: string) => PROPERTIES[name] ?? '',
  metadata: (name: string) => (name === 'PreprocessorDefinitions' ? 'A;B' : ''),
};
const exists = (path: string) => path === 'there.props';

describe('conditions', () => {
  const cases: readonly [string, boolean][] = [
    ["'$(Configuration)|$(Platform)'=='Win10 Debug|x64'", true],
    ["'$(Configuration)|$(Platform)' == 'win10 DEBUG|X64'", true],
    ["'$(Platform)'!='Win32'", true],
    ["!('$(Platform)'=='x64')", false],
    ["!'$(Platform)'=='x64'", false],
    ["'$(Empty)' == ''", true],
    ["'$(Missing)' == '' And '$(Platform)' == 'x64'", true],
    ["'$(Platform)'=='ARM' or '$(Platform)'=='x64'", true],
    ["'$(Platform)'=='x64' OR '$(Platform)'=='ARM' AND '$(Empty)'=='1'", true],
    ['$(Target) &gt; 0'.replace('&gt;', '>'), true],
    ['($(Target)<$(Win8)) And (!($(Target)<0x601))', false],
    ['$(Win8) <= 1538', true],
    ["'$(Kit)' >= '10.0.22000.0'", true],
    ["'1.0' == '1'", true],
    ["exists('there.props')", true],
    ["Exists('$(Empty)gone.props')", false],
    ["exists('')", false],
    ["HasTrailingSlash('a\\')", true],
    ["$(Configuration.EndsWith('Debug'))", true],
    ["!$(Configuration.Contains('Release'))", true],
    ["'$(Configuration.Replace(' ',''))' == 'Win10Debug'", true],
    ["'$(Configuration.ToLower().StartsWith('win10'))' == 'true'", true],
    ['true', true],
    ['false Or true', true],
    ['', true],
    // Nobody can tell: it does not hold, and neither does its opposite.
    ["$([MSBuild]::VersionGreaterThan('1', '2'))", false],
    ["!$([MSBuild]::VersionGreaterThan('1', '2'))", false],
    ["$([System.Text]::Any()) Or '$(Platform)'=='x64'", true],
    ["'a' < 'b'", false],
    ["'unclosed", false],
    ["'a' == ", false],
    ["('a' == 'a'", false],
    ['&&', false],
    ['$(', false],
  ];
  for (const [condition, expected] of cases) {
    test(condition || 'nothing', () => assert.equal(holds(condition, scope, exists), expected));
  }

  test('deep nesting is harmless', () => {
    assert.equal(holds(`${'('.repeat(20_000)}true${')'.repeat(20_000)}`, scope, exists), false);
    assert.equal(holds('!'.repeat(20_000), scope, exists), false);
    assert.equal(expand('$(A.Replace('.repeat(50_000), scope), '$(A.Replace('.repeat(50_000));
  });
});

test('values are expanded, items are not there, unknown functions say so', () => {
  assert.equal(expand('X;%(PreprocessorDefinitions);$(Platform)', scope), 'X;A;B;x64');
  assert.equal(expand('%(ClCompile.PreprocessorDefinitions)@(Inf)', scope), 'A;B');
  assert.equal(expand('100% $5 (a)', scope), '100% $5 (a)');
  assert.equal(expand('a$([MSBuild]::Add(1,2))', scope), undefined);
  assert.deepEqual(pathsAskedFor("exists('$(Platform).props') or Exists( 'b' )", scope), ['x64.props', 'b']);
});
