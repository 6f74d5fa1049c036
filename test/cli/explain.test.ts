import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';

const CLI = join(process.cwd(), 'dist/cli.js');

function run(...args: readonly string[]) {
  const result = spawnSync(process.execPath, [CLI, 'explain', ...args], { encoding: 'utf8' });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

describe('driverentry explain --in', () => {
  for (const code of ['NDIS_STATUS_BAD_CHARACTERISTICS', '0xC0010005', '-1073676283', '3221291013']) {
    test(`names the line at fault for ${code}`, () => {
      const { code: exit, out } = run(code, '--in', 'examples/faulty/ndis-miniport');
      assert.equal(exit, 0);
      assert.match(out, /^3 findings lead NdisMRegisterMiniportDriver to this status/m);
      assert.match(
        out,
        /^1\. examples\/faulty\/ndis-miniport\/driver\.c:58:76: required handler 'PauseHandler' is not set/m,
      );
      assert.match(out, /^Called at examples\/faulty\/ndis-miniport\/driver\.c:58:14 in DriverEntry\.$/m);
    });
  }

  test('says what was checked and what cannot be seen when nothing is found', () => {
    const { code, out } = run('0xC0010005', '--in', 'examples/good/ndis-miniport/driver.c');
    assert.equal(code, 0);
    assert.match(out, /^Nothing in the source explains it/m);
    assert.match(out, /^Checked, and nothing found$/m);
    assert.match(out, /^- header-field-missing: /m);
    assert.match(out, /^Cannot be seen in the source$/m);
  });

  test('reads several drivers, each for itself, and tells of those that are concerned', () => {
    const { out } = run('0xC0010004', '--in', 'examples/faulty');
    const drivers = [...out.matchAll(/^In the driver (.*)$/gm)].map(([, name]) => name);
    assert.ok(drivers.includes('ndis-protocol'));
    assert.ok(!drivers.includes('hid-minidriver'));
    assert.match(out, /ndis-protocol\/driver\.c:\d+:\d+: .*is not an ndis version/);
  });

  test('markdown links places, json has them as ranges', () => {
    const at = 'examples/faulty/ndis-miniport';
    assert.match(
      run('0xC0010005', '--in', at, '--format', 'markdown').out,
      /^1\. \[[^\]]+driver\.c:58:76\]\(examples\/faulty\/ndis-miniport\/driver\.c#L58\)/m,
    );
    const [answer] = JSON.parse(run('0xC0010005', '--in', at, '--format', 'json').out) as [
      { status: object; calls: { causes: { file: string; rule: string; range: object }[] }[] },
    ];
    assert.deepEqual(
      { ...answer.status, meaning: '' },
      { names: ['NDIS_STATUS_BAD_CHARACTERISTICS'], value: '0xC0010005', signed: -1073676283, meaning: '' },
    );
    const [cause] = answer.calls[0]?.causes ?? [];
    assert.equal(cause?.rule, 'missing-required-handler');
    assert.equal(cause.file, `${at}/driver.c`);
    assert.deepEqual(cause.range, {
      start: { line: 57, character: 75 },
      end: { line: 57, character: 81 },
    });
  });

  test('a name that is no status and a path that is not there end with 2 and a remedy', () => {
    const noStatus = run('PauseHandler', '--in', 'examples/good');
    assert.equal(noStatus.code, 2);
    assert.match(noStatus.err, /"PauseHandler" is no status code; with --in, write one as 0xC0010005/);
    const noPath = run('0xC0010005', '--in', 'examples/nowhere');
    assert.equal(noPath.code, 2);
    assert.match(noPath.err, /examples\/nowhere: there is no such file or folder/);
    const noDriver = run('0xC0010005', '--define', 'X=1');
    assert.equal(noDriver.code, 2);
    assert.match(noDriver.err, /--in/);
  });
});
