import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derivedDefines } from '../server/src/catalog/build-macros.ts';
import { testCatalog } from './support/catalog.ts';

const derive = (...names: string[]) =>
  Object.fromEntries(derivedDefines(new Map(names.map((name) => [name, '1'])), testCatalog()));

test('the highest version decides, the lowest is the minimum', () => {
  const macros = derive('NDIS_MINIPORT_DRIVER', 'NDIS620_MINIPORT', 'NDIS683_MINIPORT');
  assert.equal(macros['NDIS_MINIPORT_MAJOR_VERSION'], '6');
  assert.equal(macros['NDIS_MINIPORT_MINOR_VERSION'], '83');
  assert.equal(macros['NDIS_MINIPORT_MINIMUM_MAJOR_VERSION'], '6');
  assert.equal(macros['NDIS_MINIPORT_MINIMUM_MINOR_VERSION'], '20');
  assert.equal(macros['NDIS_FILTER_MAJOR_VERSION'], undefined);
});

test('one macro serves protocols and filters; support is cumulative', () => {
  const macros = derive('NDIS630');
  assert.equal(macros['NDIS_PROTOCOL_MINOR_VERSION'], '30');
  assert.equal(macros['NDIS_FILTER_MINOR_VERSION'], '30');
  assert.equal(macros['NDIS_MINIPORT_MINOR_VERSION'], undefined);
  assert.deepEqual(
    ['6', '61', '620', '630', '640', '689'].map((version) => macros[`NDIS_SUPPORT_NDIS${version}`]),
    ['1', '1', '1', '1', '0', '0'],
  );
});

test('an intermediate driver supports what either half does', () => {
  const macros = derive('NDIS60_MINIPORT', 'NDIS630');
  assert.equal(macros['NDIS_MINIPORT_MINOR_VERSION'], '0');
  assert.equal(macros['NDIS_SUPPORT_NDIS630'], '1');
});

test('6.1 is minor 1 and lies below 6.20', () => {
  const macros = derive('NDIS61_MINIPORT');
  assert.equal(macros['NDIS_MINIPORT_MINOR_VERSION'], '1');
  assert.equal(macros['NDIS_SUPPORT_NDIS620'], '0');
});

test('a version below those of the table leaves the minimum unknown', () => {
  const macros = derive('NDIS51_MINIPORT', 'NDIS60_MINIPORT');
  assert.equal(macros['NDIS_MINIPORT_MAJOR_VERSION'], '6');
  assert.equal(macros['NDIS_MINIPORT_MINIMUM_MAJOR_VERSION'], undefined);
});

test('nothing comes of nothing, and what the build defines itself stays', () => {
  assert.deepEqual(derive(), {});
  assert.deepEqual(derive('NDIS51_MINIPORT', 'NDIS_WDM', 'NDIS_SUPPORT_NDIS6'), {});
  assert.equal(derive('NDIS630', 'NDIS_SUPPORT_NDIS6')['NDIS_SUPPORT_NDIS6'], undefined);
});
