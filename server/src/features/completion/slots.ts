import type { ObjectEntry } from '../../catalog/entry.ts';
import { slotStem } from '../../rules/support/object-slots.ts';
import type { Chain } from '../cursor.ts';
import { handlerItems } from './handlers.ts';
import type { Completion } from './item.ts';
import { placeAt, type Scene } from './scene.ts';
import type { HalfStatement } from './statement.ts';
import { finished } from './values.ts';
import { variablesInSight } from './variables.ts';

/**
 * Functions for a slot of an object that the system hands over, `DriverObject->DriverUnload = `; undefined when the
 * chain goes into no such object.
 */
export function slotItems(
  scene: Scene,
  chain: Chain,
  target: number,
  statement: HalfStatement,
): Completion[] | undefined {
  const { cursor, catalog } = scene;
  const [root] = chain.steps;
  const variable = variablesInSight(scene).find(({ name }) => name === root?.name);
  const object = variable && catalog.objects.get(variable.type);
  if (!object) return undefined;
  const path = [...chain.steps.slice(1).map(({ name }) => name), cursor.textOf(target)].join('->');
  const index = cursor.textOf(target + 1) === '[' ? cursor.textOf(target + 2) : undefined;
  const slot = slotNamed(object, path, index !== undefined);
  const role = slot && catalog.roles.get(slot.role);
  if (!role) return [];
  const place = placeAt(scene, statement, []);
  if (!place) return [];
  const stem = index === undefined ? undefined : slotStem(`${path}[${index}]`);
  return finished(scene, handlerItems(scene, { role, stem }, place));
}

const slotNamed = (
  { slots }: ObjectEntry,
  path: string,
  isIndexed: boolean,
): ObjectEntry['slots'][number] | undefined =>
  slots.find(({ name }) => name === (isIndexed ? `${path}[]` : path));
