import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type DriverKind,
  driverKinds,
  LAYOUTS,
  newDriver,
  NewDriverError,
  type NewDriverOptions,
} from '../../server/src/index.ts';
import { readInf, resolveInf } from '../../server/src/project/inf.ts';
import { descendants } from '../../server/src/syntax/nodes.ts';
import { openSource } from '../../server/src/syntax/source-file.ts';
import { memoryAnalyzer, testParser } from '../support/analyse.ts';
import { testCatalog } from '../support/catalog.ts';

const GUIDS = ['0f8fad5b-d9cb-469f-a165-70867728950e', '7c9e6679-7425-40de-944b-e07fc1f90ae7'];

/** File texts of a new driver by name. */
function made(options: NewDriverOptions): Record<string, string> {
  const guids = [...GUIDS];
  const { files, open } = newDriver(options, testCatalog(), () => guids.shift() ?? assert.fail('too many'));
  assert.ok(files.some(({ name }) => name === open));
  return Object.fromEntries(files.map(({ name, text }) => [name, text]));
}

/** Everything there is to choose; the kinds without versions once. */
const choices = (kinds: readonly DriverKind[]): NewDriverOptions[] =>
  kinds.flatMap(({ name: kind, versions }) =>
    LAYOUTS.flatMap((layout) =>
      versions.length === 0
        ? [{ kind, name: 'Sample', layout }]
        : versions.map(({ version }) => ({ kind, name: 'Sample', layout, version })),
    ),
  );

const kinds = driverKinds(testCatalog());

describe('a new driver', () => {
  test('there are kinds, versions with their system, and names to start from', () => {
    assert.deepEqual(kinds.map(({ name }) => name).toSorted(), [
      'hid-minidriver',
      'ndis-filter',
      'ndis-intermediate',
      'ndis-miniport',
      'ndis-protocol',
    ]);
    for (const { name, versions, defaultName } of kinds) {
      assert.match(defaultName, /^My/);
      if (name === 'hid-minidriver') assert.deepEqual(versions, []);
      else {
        assert.equal(versions[0]?.version, '6.30');
        assert.match(versions[0]?.os ?? '', /Windows 8/);
        assert.ok(versions.length > 10, name);
      }
    }
  });

  for (const options of choices(kinds)) {
    test(`${options.kind} ${options.version ?? ''} ${options.layout}: no findings, no syntax errors, parts that match`, async () => {
      const files = made(options);
      const all = Object.values(files).join('\n');
      assert.doesNotMatch(all, /\$\{\d|\$\d|@[A-Z]+@|undefined/, 'something is not filled in');
      assert.ok(
        Object.values(files).every((text) => /[^\r]\n/.exec(text) === null),
        'line ends are mixed',
      );
      await parses(files);
      await isClean(files, options);
      projectMatches(files, options);
      infMatches(files, options);
    });
  }

  test('the split layout has the files that it announces, and the same functions', () => {
    for (const { name: kind, splitFiles } of kinds) {
      const single = made({ kind, name: 'Sample', layout: 'single' });
      const split = made({ kind, name: 'Sample', layout: 'split' });
      const sources = Object.keys(split).filter((name) => /\.[ch]$/.test(name));
      assert.deepEqual(sources.toSorted(), splitFiles.toSorted());
      const functionsIn = (texts: Record<string, string>) =>
        Object.entries(texts)
          .filter(([name]) => name.endsWith('.c'))
          .flatMap(([, text]) => text.match(/^[A-Z]\w*(?: \w+)* \w+\((?=\r?\n| *_)/gm) ?? [])
          .toSorted();
      assert.ok(functionsIn(single).length > 4);
      assert.deepEqual(functionsIn(split), functionsIn(single), kind);
      for (const name of sources.filter((file) => file.endsWith('.c'))) {
        assert.ok(functionsIn({ [name]: split[name] ?? '' }).length > 0, `${kind}: ${name} is empty`);
      }
    }
  });

  test('a filter: its GUID is new, and the same in code and INF', () => {
    const files = made({ kind: 'ndis-filter', name: 'Sample', layout: 'single' });
    assert.match(files['driver.c'] ?? '', /uniqueName = RTL_CONSTANT_STRING\(L"\{0f8fad5b-[-0-9a-f]+\}"\)/);
    assert.match(files['Sample.inf'] ?? '', /NetCfgInstanceId = "\{0f8fad5b-[-0-9a-f]+\}"/);
    assert.match(files['Sample.vcxproj'] ?? '', /<ProjectGuid>\{7C9E6679-/);
  });

  test('what is wrong is said with what would be right', () => {
    const base: NewDriverOptions = { kind: 'ndis-filter', name: 'Sample', layout: 'single' };
    const wrong = (change: Partial<NewDriverOptions>, message: RegExp) =>
      assert.throws(
        () => newDriver({ ...base, ...change }, testCatalog(), () => ''),
        (error) => error instanceof NewDriverError && message.test(error.message),
      );
    wrong({ kind: 'filter' }, /no kind of driver "filter"; there are .*ndis-filter/);
    wrong({ name: '' }, /needs a name/);
    wrong({ name: 'my driver' }, /"my driver" cannot be the name .* letters, digits and _/);
    wrong({ name: '../x' }, /cannot be the name/);
    wrong({ name: 'A'.repeat(41) }, /at most 40/);
    wrong({ version: '6.2' }, /no NDIS version "6\.2" for ndis-filter; there are 6\.30, 6\.1, /);
    wrong({ kind: 'hid-minidriver', version: '6.30' }, /hid-minidriver has no NDIS version/);
  });
});

async function parses(files: Readonly<Record<string, string>>): Promise<void> {
  const catalog = testCatalog();
  for (const [name, text] of Object.entries(files)) {
    if (!/\.[ch]$/.test(name)) continue;
    const source = openSource(await testParser(), {
      uri: `file:///w/${name}`,
      text,
      language: 'c',
      defines: new Map(),
      words: catalog.words,
    });
    const broken = [...descendants(source.root, new Set(['ERROR']))].map((node) => node.text);
    const { hasError } = source.root;
    source.dispose();
    assert.deepEqual(broken, [], name);
    assert.equal(hasError, false, name);
  }
}

/** Our own check, under both platforms of the project, says nothing, and has really looked. */
async function isClean(files: Readonly<Record<string, string>>, { kind }: NewDriverOptions): Promise<void> {
  for (const configuration of ['Debug|x64', 'Release|ARM64']) {
    const analyzer = await memoryAnalyzer(files, { configuration });
    const reading = await analyzer.project('file:///w/Sample.vcxproj');
    assert.deepEqual(reading?.problems, []);
    assert.equal(reading?.settings?.configuration, configuration);
    for (const name of Object.keys(files)) {
      if (!/\.(?:c|h|inf)$/.test(name)) continue;
      const diagnosis = await analyzer.diagnose(`file:///w/${name}`);
      assert.deepEqual(diagnosis?.failures, []);
      assert.deepEqual(
        diagnosis?.findings.map(
          (finding) => `${name}: ${finding.severity} ${finding.rule}: ${finding.message}`,
        ),
        [],
      );
      if (name !== 'driver.c') continue;
      assert.ok((diagnosis?.file.facts?.registrations.length ?? 0) > 0, 'nothing is registered');
      assert.equal(diagnosis?.driver?.isWhole, true);
      assert.ok((diagnosis?.driver?.infs.length ?? 0) > 0, 'no INF file is looked at');
    }
    analyzer.dispose();
  }
  // The comparison with the INF file is not silent because it sees nothing.
  if (kind === 'hid-minidriver' || kind === 'ndis-miniport') return;
  const inf = files['Sample.inf'] ?? '';
  const analyzer = await memoryAnalyzer({
    ...files,
    'Sample.inf': inf.replaceAll('"Sample"', '"Other"').replaceAll('= Sample,', '= Other,'),
  });
  const rules = (await analyzer.diagnose('file:///w/driver.c'))?.findings.map(({ rule }) => rule);
  assert.deepEqual(rules, ['name-differs-from-inf']);
  analyzer.dispose();
}

function projectMatches(files: Readonly<Record<string, string>>, { kind, version }: NewDriverOptions): void {
  const project = files['Sample.vcxproj'] ?? '';
  const included = (item: string) =>
    Array.from(project.matchAll(new RegExp(`<${item} Include="([^"]+)"`, 'g')), ([, file = '']) => file);
  const named = (ending: RegExp) =>
    Object.keys(files)
      .filter((name) => ending.test(name))
      .toSorted();
  assert.deepEqual(included('ClCompile').toSorted(), named(/\.c$/));
  assert.deepEqual(included('ClInclude').toSorted(), named(/\.h$/));
  assert.deepEqual(included('Inf').toSorted(), named(/\.inf$/));
  assert.deepEqual(included('ProjectConfiguration'), [
    'Debug|x64',
    'Debug|ARM64',
    'Release|x64',
    'Release|ARM64',
  ]);
  const defines = /<PreprocessorDefinitions>(.*);%/.exec(project)?.[1]?.split(';') ?? [];
  const number = version?.replace('.', '') ?? '';
  const expected: Readonly<Record<string, readonly string[]>> = {
    'ndis-miniport': ['NDIS_MINIPORT_DRIVER=1', `NDIS${number}_MINIPORT=1`, 'NDIS_WDM=1'],
    'ndis-protocol': [`NDIS${number}=1`, 'NDIS_WDM=1'],
    'ndis-filter': [`NDIS${number}=1`, 'NDIS_WDM=1'],
    'ndis-intermediate': [
      'NDIS_MINIPORT_DRIVER=1',
      `NDIS${number}_MINIPORT=1`,
      `NDIS${number}=1`,
      'NDIS_WDM=1',
    ],
    'hid-minidriver': [],
  };
  assert.deepEqual(defines, expected[kind]);
  assert.match(project, new RegExp(`\\\\${kind === 'hid-minidriver' ? 'hidclass' : 'ndis'}\\.lib;`));
  assert.match(project, /<PlatformToolset>WindowsKernelModeDriver10\.0</);
}

const CLASSES: Readonly<Record<string, string>> = {
  Net: '{4d36e972-e325-11ce-bfc1-08002be10318}',
  NetTrans: '{4d36e975-e325-11ce-bfc1-08002be10318}',
  NetService: '{4d36e974-e325-11ce-bfc1-08002be10318}',
  HIDClass: '{745a17a0-74d3-11d0-b6fe-00a0c90f57da}',
};

/** Every section that an INF file refers to is there, every token is defined, and nothing is left over. */
function infMatches(files: Readonly<Record<string, string>>, { kind }: NewDriverOptions): void {
  for (const [name, text] of Object.entries(files)) {
    if (!name.endsWith('.inf')) continue;
    const inf = readInf(text);
    const sections = new Map(inf.sections.map((section) => [section.name, section]));
    assert.equal(sections.size, inf.sections.length, `${name}: a section stands twice`);
    const first = (section: string, key: string) =>
      sections.get(section)?.lines.find((line) => line.key?.text === key)?.values[0]?.text;
    const setupClass = first('Version', 'Class') ?? '';
    assert.equal(first('Version', 'ClassGuid'), CLASSES[setupClass], name);
    assert.equal(first('Version', 'CatalogFile'), name.replace('.inf', '.cat'));
    assert.equal(first('Version', 'PnpLockdown'), '1');
    const used = new Set([
      'Version',
      'Manufacturer',
      'Strings',
      'SourceDisksNames',
      'SourceDisksFiles',
      'DestinationDirs',
    ]);
    for (const { name: section, lines } of inf.sections) {
      for (const { key, values } of lines) {
        const texts = values.map((value) => value.text);
        const refer = (target: string | undefined) => {
          assert.ok(
            target !== undefined && sections.has(target),
            `${name}: [${section}] refers to [${target}]`,
          );
          used.add(target);
        };
        if (/^(?:AddReg|CopyFiles)$/.test(key?.text ?? '')) texts.forEach(refer);
        if (key?.text === 'AddService') refer(texts[2]);
        if (section === 'Manufacturer')
          texts.slice(1).forEach((decoration) => refer(`${texts[0]}.${decoration}`));
        if (section.startsWith('Standard.')) {
          const install = sections.has(texts[0] ?? '') ? texts[0] : `${texts[0]}.NT`;
          refer(install);
          refer(`${install}.Services`);
          if (sections.has(`${install}.Remove.Services`)) used.add(`${install}.Remove.Services`);
        }
        if (section === 'DestinationDirs') refer(key?.text);
        for (const value of [key, ...values]) {
          if (value && /%[A-Za-z]/.test(value.text))
            assert.notEqual(resolveInf(value.text, inf), undefined, `${name}: ${value.text}`);
        }
      }
    }
    assert.deepEqual(
      [...sections.keys()].filter((section) => !used.has(section)),
      [],
      `${name}: unused`,
    );
    for (const token of inf.strings.keys()) {
      assert.ok(text.toLowerCase().includes(`%${token}%`), `${name}: %${token}% is not used`);
    }
    assert.match(text, /%13%\\Sample\.sys/);
    assert.doesNotMatch(text, /CoInstaller/i);
    // Network components carry a code for what they are.
    if (kind !== 'hid-minidriver') assert.match(text, /^Characteristics +=/m);
  }
}
