import { valueRules } from '../catalog/catalog.ts';
import type { InfSettingEntry } from '../catalog/entry.ts';
import type { InfSetting } from '../driver/inf-facts.ts';
import { reachingWrites } from '../driver/table-state.ts';
import { nameOf } from '../text/uri.ts';
import { defineRule, type Fix, type InfRuleContext, type Report, type RuleContext } from './rule.ts';
import {
  infEdits,
  type InfMismatch,
  infMismatches,
  literalOf,
  namesInCode,
  toldByInfs,
} from './support/inf.ts';
import { quoteList, registeredTables } from './support/tables.ts';

/** `{xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}` */
const BRACED_GUID = /^\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/i;

export default defineRule({
  id: 'name-differs-from-inf',
  severity: 'warning',
  stage: 'stable',
  summary: 'A name that the driver registers is not the one in its INF file, or cannot be.',
  why: [
    'NDIS finds a filter by comparing its `UniqueName` with the `NetCfgInstanceId` of the INF file, which is a GUID in braces. It looks for the bindings of a protocol, and for a filter, under the name of the service that the INF file adds. A driver that registers under another name loads without an error, and nothing is ever bound or attached.',
    'The INF files that count are those that the project names (`<Inf Include>`), else those in the folder of the project, or of the file with `DriverEntry`. The finding stands on both sides, in the code and in the INF file, with a fix for either.',
  ].join('\n\n'),
  silent:
    'The name is not a literal, the variable that holds it gets several, or code that cannot be seen may change it. The INF file contradicts itself (`Ndi\\Service` and `AddService` differ), several INF files differ, the value depends on the build or the language, the file installs another class of driver, or its service starts another file than the project builds.',
  pages: [
    'ddi/ndis/ns-ndis-_ndis_filter_driver_characteristics',
    'network/configuring-an-inf-file-for-a-modifying-filter-driver',
  ],
  *check(context) {
    yield* malformed(context);
    for (const mismatch of infMismatches(context.driver, context.catalog)) {
      if (mismatch.code.file !== context.facts || isMalformed(mismatch.code)) continue;
      yield inCode(mismatch, context);
    }
  },
  *checkInf(context) {
    for (const mismatch of infMismatches(context.driver, context.catalog)) {
      if (!isMalformed(mismatch.code)) yield* inInf(mismatch, context);
    }
    yield* unknownValues(context);
  },
});

const isMalformed = ({ member, text }: InfMismatch['code']): boolean =>
  valueRules(member).some(({ kind }) => kind === 'bracedGuid') && !BRACED_GUID.test(text);

/** Strings that no INF file can hold. */
function* malformed(context: RuleContext): Generator<Report> {
  const { driver, catalog } = context;
  for (const { table, call, structure } of registeredTables(context)) {
    for (const member of structure.members) {
      const rule = valueRules(member).find((item) => item.kind === 'bracedGuid');
      if (rule?.kind !== 'bracedGuid') continue;
      for (const write of reachingWrites(table, member.name)) {
        if (write.value.kind !== 'string' || BRACED_GUID.test(write.value.text)) continue;
        const { origin } = write;
        yield {
          at: origin ?? write.range,
          message: `'${member.name}' must be a guid in braces, found "${write.value.text}"`,
          help: rule.because,
          related: origin ? [{ range: write.range, message: `it goes to '${member.name}' here` }] : [],
          page: structure.page,
          about: { call: call.name, members: [member.name] },
          fixes: () => {
            const code = namesInCode(driver, catalog).find((name) => name.write === write);
            const told = code && toldByInfs(code.equality, driver);
            return code && told && BRACED_GUID.test(told.text)
              ? codeFix({ code, ...told }, context, context.facts.uri)
              : [];
          },
        };
      }
    }
  }
}

function inCode(mismatch: InfMismatch, context: RuleContext): Report {
  const { code, text, places } = mismatch;
  const { member, write, structure } = code;
  const files = [...new Set(places.map(({ inf }) => nameOf(inf.uri)))];
  const names = [...new Set(places.map(({ setting }) => setting.name))];
  return {
    at: write.origin ?? write.range,
    message: `'${member.name}' is "${code.text}", but ${quoteList(names)} in ${files.join(' and ')} ${names.length > 1 ? 'are' : 'is'} "${text}"`,
    help: code.equality.because,
    related: [
      ...(write.origin ? [{ range: write.range, message: `it goes to '${member.name}' here` }] : []),
      ...places.map(({ inf, setting }) => ({
        uri: inf.uri,
        range: setting.range,
        message: `'${setting.name}' is "${text}" here`,
      })),
    ],
    page: structure.page,
    fixes: () => [...codeFix(mismatch, context, context.facts.uri), ...infFix(mismatch, context.facts.uri)],
  };
}

/** One finding a file: what it repeats is wrong with it. */
function* inInf(mismatch: InfMismatch, context: InfRuleContext): Generator<Report> {
  const { code, text } = mismatch;
  const { member, write, structure, file } = code;
  const [first, ...others] = mismatch.places.filter(({ inf }) => inf === context.inf);
  if (!first) return;
  yield {
    at: first.setting.range,
    message: `'${first.setting.name}' is "${text}", but '${member.name}' in ${nameOf(file.uri)} is "${code.text}"`,
    help: code.equality.because,
    related: [
      {
        uri: file.uri,
        range: write.origin ?? write.range,
        message: `'${member.name}' is "${code.text}" here`,
      },
      ...others.map(({ setting }) => ({
        range: setting.range,
        message: `'${setting.name}' is "${text}" here, too`,
      })),
    ],
    page: structure.page,
    fixes: () => [...infFix(mismatch, context.inf.uri), ...codeFix(mismatch, context, context.inf.uri)],
  };
}

/** Which side is right only the author knows: both fixes are suggestions. */
function codeFix({ code, text }: InfMismatch, { textOf }: Pick<RuleContext, 'textOf'>, own: string): Fix[] {
  const literal = literalOf(code, textOf);
  if (!literal || /["\\]/.test(text)) return [];
  const { uri, range } = literal;
  const edit = { ...(uri === own ? {} : { uri }), range, newText: text };
  const title = `Change '${code.member.name}' to "${text}"${uri === own ? '' : ` in ${nameOf(uri)}`}`;
  return [{ title, safety: 'suggestion', edits: [edit] }];
}

function infFix(mismatch: InfMismatch, own: string): Fix[] {
  const { code, places } = mismatch;
  const edits = infEdits(mismatch, code.text, own) ?? [];
  const names = [...new Set(places.map(({ setting }) => setting.name))];
  const files = [...new Set(places.map(({ inf }) => inf.uri))].filter((uri) => uri !== own).map(nameOf);
  const where = files.length === 0 ? '' : ` in ${files.join(' and ')}`;
  return edits.length === 0
    ? []
    : [{ title: `Change ${quoteList(names)} to "${code.text}"${where}`, safety: 'suggestion', edits }];
}

/** Settings of an INF file for such a driver that take one of a few values and have another one. */
function* unknownValues({ inf, driver, catalog }: InfRuleContext): Generator<Report> {
  const isOurs = namesInCode(driver, catalog).some(({ equality }) =>
    equality.classes.some((name) => name.toLowerCase() === inf.setupClass?.toLowerCase()),
  );
  if (!isOurs) return;
  for (const entry of catalog.infSettings.values()) {
    if (!entry.closed || !entry.values) continue;
    for (const setting of inf.settings.get(entry.name.toLowerCase()) ?? []) {
      if (isAllowed(setting, entry)) continue;
      yield {
        at: setting.range,
        message: `'${setting.name}' is ${setting.text}; it takes ${entry.values.map(({ value, meaning }) => `${value} (${meaning.replace(/:.*/, '')})`).join(' or ')}`,
        help: entry.summary,
        page: entry.page,
      };
    }
  }
}

const isAllowed = ({ text }: InfSetting, { values }: InfSettingEntry): boolean =>
  text === undefined ||
  !/^(?:0x[0-9a-f]+|\d+)$/i.test(text) ||
  (values ?? []).some(({ value }) => Number(value) === Number(text));
