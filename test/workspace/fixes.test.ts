import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../server/src/index.ts';
import { analyseText } from '../support/analyse.ts';

const CALL = 'NdisFRegisterFilterDriver(DriverObject, DriverObject, &chars, &FilterHandle);';
const functionOf = (body: string): string => `#include <ndis.h>
static NDIS_HANDLE FilterHandle;
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
${body}
    return NDIS_STATUS_FAILURE;
}
`;

/** A statement that stands alone behind a condition, and how its lines must look after each fix. */
const ALONE: readonly (readonly [string, string, RegExp])[] = [
  [
    'the zeroing',
    `    if (DriverObject)\n        NdisZeroMemory(&chars, sizeof(chars));\n    else\n        return 0;\n    return ${CALL}`,
    /if \(DriverObject\)\n {8}NdisZeroMemory\(&chars, sizeof\(chars\)\);\n {4}else/,
  ],
  [
    'the call',
    `    if (DriverObject)\n        return ${CALL}`,
    /if \(DriverObject\) \{\n[^{}]+ {8}return NdisF[^\n]+\n {4}\}/,
  ],
];

for (const [what, body, expected] of ALONE) {
  test(`what a fix adds does not push ${what} out of its condition`, async () => {
    const text = functionOf(body);
    const { findings } = await analyseText({ 'driver.c': text }, 'driver.c');
    const tried = new Set<string>();
    for (const { rule, fixes } of findings) {
      for (const { title, edits } of fixes()) {
        if (!/^(?:Add '|Add the|Zero|Set the)/.test(title)) continue;
        tried.add(rule);
        const after = applyEdits(text, edits);
        assert.match(after, expected, `${title}\n${after}`);
      }
    }
    for (const rule of ['header-field-missing', 'missing-required-handler', 'unload-routine-missing']) {
      if (what === 'the call') assert.ok(tried.has(rule), rule);
    }
    assert.ok(tried.size > 0);
  });
}

test('no test of a handle that a refused registration has overwritten', async () => {
  const call = CALL.replace('&chars', '&table');
  for (const [second, isOffered] of [
    [call, false],
    [call.replace('FilterHandle', 'SecondHandle'), true],
  ] as const) {
    const text = functionOf(
      `    NTSTATUS status = ${call}\n    if (status != 0) return status;\n    status = ${second}\n    if (status != 0) goto Exit;\n    return 0;\nExit:\n    return status;`,
    );
    const { findings } = await analyseText({ 'driver.c': text }, 'driver.c');
    const titles = findings
      .filter(({ rule }) => rule === 'not-deregistered-on-failure-path')
      .flatMap(({ fixes }) => fixes().map(({ title }) => title));
    assert.ok(titles.length > 0);
    assert.equal(
      titles.some((title) => title.endsWith('cleanup')),
      isOffered,
    );
  }
});

test('a status that is assigned to a function is not tested', async () => {
  for (const [body, isOffered] of [
    [`    NTSTATUS status;\n    status = ${CALL}`, true],
    [`    FilterUnload = ${CALL}`, false],
    [`    NdisFRegisterFilterDriver = ${CALL}`, false],
  ] as const) {
    const text = `${functionOf(body)}DRIVER_UNLOAD FilterUnload;\n`;
    const { findings } = await analyseText({ 'driver.c': text }, 'driver.c');
    const ignored = findings.filter(({ rule }) => rule === 'registration-status-ignored');
    assert.equal(ignored.length, 1, body);
    assert.equal(ignored[0]?.fixes().length, isOffered ? 1 : 0, body);
  }
});

test('the result of a call without its semicolon is not tested', async () => {
  for (const [call, isOffered] of [
    [CALL, true],
    [CALL.slice(0, -1), false],
  ] as const) {
    const text = functionOf(`    NTSTATUS status;\n    ${call}\n    Other(DriverObject);`);
    const { findings } = await analyseText({ 'driver.c': text }, 'driver.c');
    const found = findings.filter(({ rule }) => rule === 'registration-status-ignored');
    assert.equal(found.length, 1, call);
    const titles = found.flatMap(({ fixes }) => fixes().map(({ title }) => title));
    assert.equal(
      titles.some((title) => title.startsWith('Leave when')),
      isOffered,
      call,
    );
  }
});

test('a member is added under the name of the table when the one in front is half written', async () => {
  const set = 'attributes.GeneralAttributes.Header';
  const text = `#include <ndis.h>
static NDIS_STATUS SetAttributes(NDIS_HANDLE AdapterHandle)
{
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES attributes = {0};
    ${set}.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    ${set}.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2;
    ${set}
chars.MajorNdisVersion.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2;
    return NdisMSetMiniportAttributes(AdapterHandle, &attributes);
}
`;
  const { findings } = await analyseText({ 'driver.c': text }, 'driver.c');
  const [fix] = findings.find(({ rule }) => rule === 'header-field-missing')?.fixes() ?? [];
  assert.ok(fix);
  assert.match(applyEdits(text, fix.edits), /^ {4}attributes\.GeneralAttributes\.Header\.Size = /m);
});
