import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { DriverKind, NewDriver } from '../../server/src/index.ts';
import { LanguageClient } from '../support/language-client.ts';

describe('the requests of a new driver', { timeout: 60_000 }, () => {
  let client: LanguageClient;
  before(async () => {
    client = await LanguageClient.start();
  });
  after(() => client?.kill());

  test('list the kinds, and answer with files', async () => {
    const kinds = await client.ask<DriverKind[]>('driverentry/driverKinds', {});
    assert.ok(kinds.some(({ name }) => name === 'ndis-protocol'));
    const { files, open } = await client.ask<NewDriver>('driverentry/newDriver', {
      kind: 'ndis-protocol',
      name: 'Watch',
      version: '6.50',
      layout: 'split',
    });
    assert.equal(open, 'driver.c');
    assert.deepEqual(
      files.map(({ name }) => name),
      ['driver.c', 'binding.c', 'precomp.h', 'Watch.vcxproj', 'Watch.inf'],
    );
    const uri = 'untitled:driver.c';
    await client.open(uri, files[0]?.text ?? '');
    assert.deepEqual(await client.diagnostics(uri), []);
  });

  test('refuse with the reason', async () => {
    await assert.rejects(client.ask('driverentry/newDriver', {}), /needs a kind and a name/);
    await assert.rejects(
      client.ask('driverentry/newDriver', { kind: 'x', name: 'y' }),
      /no kind of driver "x"/,
    );
    assert.match(
      await client.ask<string>('driverentry/driverNameProblem', { name: '1st' }),
      /"1st" cannot be the name of a driver/,
    );
    assert.equal(await client.ask('driverentry/driverNameProblem', { name: 'First' }), null);
    assert.equal(client.stderr, '');
  });
});
