import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { CatalogFile } from '../server/src/catalog/entry.ts';
import { explain, RULES } from '../server/src/index.ts';
import { stubLines } from '../server/src/rules/support/handler-edits.ts';
import { plainStyle } from '../server/src/rules/support/handler-home.ts';
import { openSource } from '../server/src/syntax/source-file.ts';
import { testParser } from './support/analyse.ts';
import { catalogFiles, testCatalog } from './support/catalog.ts';

const files = catalogFiles();
const contents = files.map(({ path, content }) => ({ path, content: content as CatalogFile }));

describe('catalogue', () => {
  const schema = JSON.parse(
    readFileSync(join(process.cwd(), 'server/src/catalog/catalog.schema.json'), 'utf8'),
  ) as object;
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);
  for (const { path, content } of files) {
    test(`${path} follows the schema`, () => {
      validate(content);
      assert.deepEqual(validate.errors ?? [], []);
    });
  }

  test('no name is defined twice', () => {
    for (const key of [
      'calls',
      'structures',
      'roles',
      'constants',
      'statuses',
      'macros',
      'models',
    ] as const) {
      const names = contents.flatMap(({ content }) => (content[key] ?? []).map((entry) => entry.name));
      const twice = names.filter((name, i) => names.indexOf(name) !== i);
      assert.deepEqual(twice, [], key);
    }
  });

  test('every name that an entry refers to exists', () => {
    const catalog = testCatalog();
    const unknown: string[] = [];
    const need = (found: boolean, what: string) => {
      if (!found) unknown.push(what);
    };
    for (const call of catalog.calls.values()) {
      for (const parameter of call.parameters) {
        for (const name of parameter.structures ?? [])
          need(catalog.structures.has(name), `${call.name}: ${name}`);
      }
      for (const { status, foundBy, through } of call.returns.codes ?? []) {
        need(catalog.statuses.has(status), `${call.name}: ${status}`);
        const structures = (name: string) =>
          (catalog.calls.get(name)?.parameters ?? []).flatMap(({ structures: names }) => names ?? []);
        const hasMember = (of: string, member: string) =>
          structures(of).some((name) =>
            catalog.structures
              .get(name)
              ?.members.some((item) => item.name === member || item.name.startsWith(`${member}.`)),
          );
        for (const { rule, members, call: other } of foundBy ?? []) {
          need(
            RULES.some(({ id }) => id === rule),
            `${call.name}: ${rule}`,
          );
          need(catalog.calls.has(other ?? call.name), `${call.name}: ${other}`);
          for (const member of members ?? [])
            need(hasMember(other ?? call.name, member), `${call.name}: ${member}`);
        }
        for (const member of through ?? []) need(hasMember(call.name, member), `${call.name}: ${member}`);
      }
      for (const role of call.context?.roles ?? []) need(catalog.roles.has(role), `${call.name}: ${role}`);
      const { undo, objectSlots } = call.registration ?? {};
      if (undo?.call) need(catalog.calls.has(undo.call), `${call.name}: ${undo.call}`);
      for (const slot of objectSlots ?? []) need(catalog.roles.has(slot.role), `${call.name}: ${slot.role}`);
    }
    for (const structure of new Set(catalog.structures.values())) {
      const members = new Set(structure.members.map((member) => member.name));
      const { objectHeader: header, version } = structure;
      if (header) {
        for (const name of [header.type, ...header.revisions.flatMap((item) => [item.constant, item.size])]) {
          need(catalog.constants.has(name), `${structure.name}: ${name}`);
        }
      }
      if (version)
        need(members.has(version.major) && members.has(version.minor), `${structure.name}: version`);
      for (const member of structure.members) {
        if (member.role) need(catalog.roles.has(member.role), `${structure.name}: ${member.role}`);
      }
      for (const pair of structure.pairs ?? []) {
        for (const name of pair.then) need(members.has(name), `${structure.name}: ${name}`);
        if ('set' in pair.if) need(members.has(pair.if.set), `${structure.name}: ${pair.if.set}`);
      }
      for (const role of structure.registerFrom ?? [])
        need(catalog.roles.has(role), `${structure.name}: ${role}`);
      const { order } = structure;
      for (const role of [...(order?.in ?? []), ...(order?.exceptRoles ?? [])])
        need(catalog.roles.has(role), `${structure.name}: ${role}`);
      for (const model of order?.exceptModels ?? [])
        need(catalog.models.has(model), `${structure.name}: ${model}`);
      if (order?.requiredWith)
        need(catalog.structures.has(order.requiredWith), `${structure.name}: ${order.requiredWith}`);
    }
    for (const role of catalog.roles.values()) {
      for (const partner of role.partners ?? []) need(catalog.roles.has(partner), `${role.name}: ${partner}`);
    }
    for (const model of catalog.models.values()) {
      for (const { call, instead } of model.excludes ?? []) {
        need(catalog.calls.has(call), `${model.name}: ${call}`);
        if (instead) need(catalog.calls.has(instead), `${model.name}: ${instead}`);
      }
    }
    assert.deepEqual(unknown, []);
  });

  test('every entry links to its page and explains itself', () => {
    const catalog = testCatalog();
    const names = [
      ...catalog.calls.keys(),
      ...[...new Set(catalog.structures.values())].flatMap((structure) => [
        structure.name,
        ...structure.members.map((member) => `${structure.name}.${member.name}`),
      ]),
      ...catalog.roles.keys(),
      ...catalog.constants.keys(),
      ...catalog.statuses.keys(),
      ...catalog.macros.keys(),
      ...catalog.replaced.keys(),
      ...catalog.entryPoints.keys(),
      ...catalog.versions.map((version) => version.version),
      ...RULES.map((rule) => rule.id),
    ];
    for (const name of names) {
      const pages = explain(name, catalog, RULES);
      assert.notEqual(pages.length, 0, name);
      for (const { markdown, text, url } of pages) {
        assert.match(url, /^https:\/\/\S+$/, name);
        assert.doesNotMatch(markdown, /undefined|\[object/, name);
        assert.equal((markdown.match(/^```/gm)?.length ?? 0) % 2, 0, `${name}: open code block`);
        assert.notEqual(text.trim(), '', name);
      }
    }
  });

  test('every registration call and structure is used by a fixture, example or snippet', () => {
    const read = (folder: string): string =>
      readdirSync(join(process.cwd(), folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.(?:c|cpp|code-snippets)$/.test(entry.name))
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
        .join('\n');
    const used = new Set(
      `${read('test/rules')}${read('examples')}${read('snippets')}`.match(/\b[A-Za-z_]\w+/g),
    );
    const catalog = testCatalog();
    const unused = [
      ...[...catalog.calls.values()].filter((call) => call.purpose === 'register').map((call) => call.name),
      ...[...new Set(catalog.structures.values())].map((structure) => structure.name),
    ].filter((name) => !used.has(name));
    assert.deepEqual(unused, []);
  });

  test('every role has a stub that parses', async () => {
    const catalog = testCatalog();
    for (const role of catalog.roles.values()) {
      const text = `${stubLines(role, 'Handler', catalog.idioms.unreferenced, plainStyle('    ')).join('\n')}\n`;
      const source = openSource(await testParser(), {
        uri: 'file:///w/stub.c',
        text,
        language: 'c',
        defines: new Map(),
        words: catalog.words,
      });
      assert.equal(source.root.hasError, false, text);
      source.dispose();
      if (role.returns !== 'VOID' && role.returns !== 'void') assert.match(text, /\breturn\b/, role.name);
    }
  });
});
