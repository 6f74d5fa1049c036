import type { Parameter } from '../../catalog/entry.ts';
import type { FileFacts } from '../../driver/facts.ts';
import { declaredRoles } from '../../rules/support/handlers.ts';
import { typeComparison } from '../../rules/support/types.ts';
import { callAround } from '../calls.ts';
import type { Completion } from './item.ts';
import { filesOf, contextOf, type Scene } from './scene.ts';
import { type Variable, variablesInSight } from './variables.ts';

interface Offer {
  readonly text: string;
  readonly detail: string;
}

/** What fits the argument at the cursor beyond doubt. Undefined where the cursor stands in no call of the catalogue. */
export function argumentItems(scene: Scene): Completion[] | undefined {
  const { cursor, catalog } = scene;
  const call = callAround(cursor, catalog);
  if (!call) return undefined;
  const parameter = call.entry.parameters[call.argument];
  // The author may have written the `&`.
  const hasAmpersand = cursor.textOf(cursor.at - 1) === '&';
  const first = hasAmpersand ? cursor.at - 1 : cursor.at;
  if (!parameter || !['(', ','].includes(cursor.textOf(first - 1))) return [];
  const range = hasAmpersand ? { start: cursor.startOf(first), end: cursor.word.end } : cursor.word;
  const offers = [...offersFor(scene, parameter), ...nothing(scene, parameter)];
  return offers
    .filter(({ text }) => !hasAmpersand || text.startsWith('&'))
    .map(({ text, detail }, index) => ({
      label: text,
      detail,
      note: detail,
      kind: 'variable',
      range,
      filter: text,
      before: text,
      after: '',
      isBest: index === 0,
      ...(catalog.structures.has(detail) ? { subject: { kind: 'name', name: detail } } : {}),
    }));
}

const nothing = ({ catalog }: Scene, parameter: Parameter): Offer[] => {
  const [name] = catalog.idioms.null;
  return parameter.optional && name !== undefined ? [{ text: name, detail: 'optional' }] : [];
};

function offersFor(scene: Scene, parameter: Parameter): Offer[] {
  switch (parameter.role) {
    case 'table':
      return tableOffers(scene, parameter);
    case 'driverObject':
      return ownArgument(scene, parameter, ({ driverObject }) => driverObject);
    case 'registryPath':
      return ownArgument(scene, parameter, ({ registryPath }) => registryPath);
    case 'handle':
      return handleOffers(scene, parameter);
    case 'handleOut':
      return handlePlaces(scene, parameter);
    default:
      return [];
  }
}

/** Variables of the structures that may be passed, the usual one first. */
function tableOffers(scene: Scene, { structures = [] }: Parameter): Offer[] {
  const { catalog } = scene;
  const variables = variablesInSight(scene);
  return structures.flatMap((name) =>
    variables.flatMap((variable) => {
      const structure = catalog.structures.get(variable.type);
      if (structure?.name !== name) return [];
      const isPointer = variable.isPointer || structure.pointers.includes(variable.type);
      return [{ text: isPointer ? variable.name : `&${variable.name}`, detail: name }];
    }),
  );
}

/** What the entry point was given; in other functions the only parameter of that type. */
function ownArgument(
  scene: Scene,
  { type, name }: Parameter,
  pick: (entry: { readonly driverObject: number; readonly registryPath: number }) => number,
): Offer[] {
  const { cursor, catalog } = scene;
  const types = typeComparison(catalog);
  const parameters = variablesInSight(scene).filter(({ parameter }) => parameter !== undefined);
  const entry = catalog.entryPoints.get(cursor.around?.name ?? '');
  const own = entry && parameters.find(({ parameter }) => parameter === pick(entry));
  if (own) return [{ text: own.name, detail: `${name} of ${entry.function}` }];
  const fitting = parameters.filter((variable) => types.same(spelled(variable), type) === true);
  const [only] = fitting;
  return only && fitting.length === 1 ? [{ text: only.name, detail: type }] : [];
}

const spelled = ({ type, isPointer }: Variable): string => (isPointer ? `${type} *` : type);

/** Handles that the calls and roles which the parameter names gave out, where code at the cursor can reach them. */
function handleOffers(scene: Scene, { handleFrom = [] }: Parameter): Offer[] {
  const { cursor, catalog, facts } = scene;
  const offers: Offer[] = [];
  const own = declaredRoles(contextOf(scene), facts.functions.get(cursor.around?.name ?? '') ?? []);
  const parameters = variablesInSight(scene).filter(({ parameter }) => parameter !== undefined);
  for (const source of handleFrom) {
    const [name = '', index] = source.split('#');
    if (index !== undefined) {
      const variable = own.some((role) => role.name === name)
        ? parameters.find(({ parameter }) => parameter === Number(index))
        : undefined;
      if (variable)
        offers.push({ text: variable.name, detail: `from ${catalog.roles.get(name)?.title ?? name}` });
      continue;
    }
    const out = catalog.calls.get(name)?.parameters.findIndex(({ role }) => role === 'handleOut') ?? -1;
    for (const { text, inFunction, isGlobal, isHere } of outputsOf(scene, name, out)) {
      const isInReach = isGlobal || (isHere && inFunction === cursor.around?.name);
      if (isInReach) offers.push({ text, detail: `from ${name}` });
    }
  }
  return unique(offers);
}

interface Output {
  readonly text: string;
  readonly inFunction: string;
  readonly isGlobal: boolean;
  readonly isHere: boolean;
}

/** What calls of the driver stored their handles in. */
const outputsOf = (scene: Scene, name: string, index: number): Output[] =>
  filesOf(scene, scene.facts).flatMap((file: FileFacts) =>
    file.calls.flatMap((call) => {
      const argument = call.name === name ? call.arguments[index] : undefined;
      if (!argument || !/^&[\w.>\-[\]]+$/.test(argument.text.trim())) return [];
      const root = argument.place?.root ?? '';
      const isHere = file === scene.facts;
      // A static of another file is not seen here.
      const isGlobal = [...file.globals].some(
        ([key, global]) => global.name === root && (isHere || key.startsWith('::')),
      );
      const isExtern = argument.storage === 'global' || argument.storage === 'unknown';
      return [
        {
          text: argument.text.trim().slice(1),
          inFunction: call.inFunction,
          isGlobal: isGlobal || (isExtern && argument.place?.path.length === 0),
          isHere,
        },
      ];
    }),
  );

/** Variables of the file that hold such a handle, and that no other call stores into. */
function handlePlaces(scene: Scene, { type }: Parameter): Offer[] {
  const types = typeComparison(scene.catalog);
  const taken = new Set(
    filesOf(scene, scene.facts).flatMap(({ calls }) =>
      calls.flatMap(({ name, arguments: list }) => {
        const out =
          scene.catalog.calls.get(name)?.parameters.findIndex(({ role }) => role === 'handleOut') ?? -1;
        return list[out]?.text.trim() ?? [];
      }),
    ),
  );
  return variablesInSight(scene)
    .filter(
      (variable) => variable.parameter === undefined && types.same(`${spelled(variable)} *`, type) === true,
    )
    .filter(
      ({ name }) =>
        !taken.has(`&${name}`) && [...scene.facts.globals.values()].some((one) => one.name === name),
    )
    .map(({ name }) => ({ text: `&${name}`, detail: type }));
}

const unique = (offers: readonly Offer[]): Offer[] => [
  ...new Map(offers.map((offer) => [offer.text, offer])).values(),
];
