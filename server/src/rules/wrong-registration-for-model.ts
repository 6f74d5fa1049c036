import type { ModelEntry } from '../catalog/entry.ts';
import type { CallFact } from '../driver/facts.ts';
import { excludeEachOther, isWithin } from '../driver/table-state.ts';
import { idOf } from '../driver/lifecycle/functions.ts';
import { defineRule, type RuleContext } from './rule.ts';
import { callsNamed, entryFunctions, type PlacedCall } from './support/calls.ts';

export default defineRule({
  id: 'wrong-registration-for-model',
  severity: 'error',
  stage: 'stable',
  summary: 'A driver of one model makes a registration that belongs to another.',
  why: 'Some models register with the system on the behalf of the driver: WDI and NetAdapterCx register the miniport, the framework owns the dispatch table. A registration of the driver’s own beside it is refused, or takes over what the model needs.',
  silent:
    'The two calls belong to different projects, stand in different branches of one function, one is made under a test behind the other, or only a header or structure speaks for the model.',
  pages: [
    'network/wdi-ndis-interface-restrictions',
    'netcx/porting-ndis-miniport-drivers-to-netadaptercx',
    'wdf/creating-umdf-hid-minidrivers',
  ],
  *check(context) {
    const { catalog, facts } = context;
    for (const model of catalog.models.values()) {
      for (const { call: name, because, page, instead } of model.excludes ?? []) {
        for (const call of facts.calls) {
          if (call.name !== name || facts.functions.has(name)) continue;
          const sign = signOf(context, model, { file: facts, call });
          if (!sign) continue;
          yield {
            at: call.nameRange,
            message:
              instead === undefined || instead === sign.call.name
                ? `'${name}' must not be called by a driver that calls '${sign.call.name}'`
                : `'${name}' must not be called by a driver that calls '${sign.call.name}'; use '${instead}'`,
            help: because,
            related: [
              {
                ...(sign.file === facts ? {} : { uri: sign.file.uri }),
                range: sign.call.nameRange,
                message: `this makes it a ${model.title}`,
              },
            ],
            page,
            about: { call: name },
          };
        }
      }
    }
  },
});

/** In one function, in different arms of a test or one only under a test behind the other: one may stand in for it. */
const isEither = (sign: CallFact, wrong: CallFact): boolean =>
  sign.inFunction === wrong.inFunction &&
  (excludeEachOther(sign.branch, wrong.branch) ||
    (wrong.branch.length > sign.branch.length && isWithin(sign.branch, wrong.branch)));

/** A call that only drivers of the model make, in the same driver and on the same way as the other. */
function signOf(context: RuleContext, model: ModelEntry, wrong: PlacedCall): PlacedCall | undefined {
  const { driver } = context;
  const { table } = driver.lifecycle;
  const entries = entryFunctions(context);
  // With several entry points only what hangs on the same one is one driver.
  const isTogether = (a: PlacedCall, b: PlacedCall): boolean =>
    entries.length === 0
      ? false
      : entries.some((entry) => {
          const reached = table.reachable([entry.id]);
          const hangsOn = ({ file, call }: PlacedCall) => reached.has(idOf(file.uri, call.inFunction));
          return hangsOn(a) && (hangsOn(b) || entries.length === 1);
        });
  return (model.evidence.calls ?? [])
    .flatMap((name) => callsNamed(context, name))
    .find(
      (sign) =>
        !sign.file.functions.has(sign.call.name) &&
        isTogether(wrong, sign) &&
        !(sign.file === wrong.file && isEither(sign.call, wrong.call)),
    );
}
